# The pages of staff.

staff-nav = Страницы для сотрудников
staff-nav-home = Начало
staff-nav-people = Люди
staff-nav-account = Моя учётная запись
staff-role-clerk = Исполнитель
staff-role-responsible = Ответственное лицо
staff-sign-out = Выйти
staff-minutes = { $minutes ->
    [one] Слишком много попыток. Повторите через { $minutes } минуту.
    [few] Слишком много попыток. Повторите через { $minutes } минуты.
   *[other] Слишком много попыток. Повторите через { $minutes } минут.
}

staff-sign-in = Вход
staff-sign-in-name = Имя для входа
staff-password = Пароль
staff-code = Код
staff-code-hint = Откройте приложение-аутентификатор и введите шесть цифр. Или введите один из резервных кодов.
staff-sign-in-button = Войти
staff-sign-in-wrong = Имя, пароль или код неверны. Каждый код действует один раз: дождитесь следующего.
staff-sign-in-lost = Забыли пароль или потеряли телефон? Попросите у ответственного лица новую ссылку.
staff-signed-out = Вы вышли.
staff-go-on = Вход уже выполнен

staff-setup = Первая настройка
staff-setup-why = Учётных записей ещё нет. Создайте первую: она принадлежит ответственному лицу.
staff-join = Создайте учётную запись
staff-join-why = Вас пригласили. Создайте здесь свою учётную запись.
staff-reset = Задайте новый пароль
staff-reset-why = Задайте новый пароль и заново подключите телефон. Прежние перестанут действовать.
staff-step-you = 1. О вас
staff-step-password = 2. Пароль
staff-step-device = 3. Второе устройство
staff-name = Полное имя
staff-name-hint = Его видят коллеги, и оно стоит в документах.
staff-sign-in-hint = Например, рабочая почта. Без пробелов.
staff-password-hint = Не меньше 12 знаков. Несколько слов легко запомнить.
staff-again = Тот же пароль ещё раз
staff-device-why = Отсканируйте картинку приложением-аутентификатором. Затем введите шесть цифр, которые оно покажет.
staff-device-by-hand = Или введите в приложение этот ключ:
staff-device-picture = Картинка с ключом для приложения-аутентификатора
staff-setup-button = Создать учётную запись
staff-reset-button = Сохранить
staff-joined = Учётная запись готова
staff-joined-go = Всё сохранено, дальше
staff-joined-sign-in = Ваше имя для входа
staff-recovery = Резервные коды
staff-recovery-why = Распечатайте эти коды и храните в надёжном месте. Каждый действует один раз, если телефон потерян. Больше они не будут показаны.
staff-key = Ключ администратора
staff-key-why = Этот ключ для программ: он публикует политики и создаёт другие ключи. Сохраните его сейчас: больше он не будет показан.
staff-key-id = Его номер в журнале

staff-fault = Учётная запись не сохранена
staff-fault-name_missing = Введите полное имя, не длиннее 100 знаков.
staff-fault-sign_in_malformed = Введите имя для входа без пробелов, не длиннее 100 знаков.
staff-fault-sign_in_taken = Такое имя для входа уже занято. Выберите другое.
staff-fault-password_short = Пароль слишком короткий. Нужно не меньше 12 знаков.
staff-fault-password_long = Пароль слишком длинный. Возьмите меньше знаков.
staff-fault-password_is_name = Пароль совпадает с именем. Выберите другой.
staff-fault-passwords_differ = Пароли не совпадают. Введите их снова.
staff-fault-not_proven = Текущий пароль или код неверен. Каждый код действует один раз.
staff-fault-code_wrong = Шесть цифр неверны. Введите те, что приложение показывает сейчас.
staff-fault-last_responsible = Кто-то должен быть ответственным. Сначала назначьте другое ответственное лицо.

staff-undertaking = Обязательство о неразглашении
staff-undertaking-why = Вы увидите персональные данные. Прочтите обязательство и примите его, чтобы продолжить (пункт 10 политики).
staff-undertaking-1 = Я использую персональные данные только для работы и только так, как разрешает политика.
staff-undertaking-2 = Я никому не передаю их без согласия или обязанности по закону.
staff-undertaking-3 = Я никому не сообщаю свой пароль и свои коды.
staff-undertaking-4 = О каждой утечке я сразу сообщаю ответственному лицу.
staff-undertaking-5 = Это действует и после окончания моей работы здесь.
staff-undertaking-button = Принять

staff-home = Начало
staff-home-hello = Вы вошли как { $name }.
staff-home-role = Ваша роль

staff-people = Люди
staff-people-about = Все, кто может войти. Каждое изменение записано в журнале.
staff-people-since = обязательство принято { $day }
staff-people-no-undertaking = обязательство ещё не принято
staff-people-ended = Закрыта { $day }
staff-people-you = это вы
staff-people-make = Сменить роль на: { $role }
staff-people-end = Закрыть учётную запись
staff-people-end-why = Человек сразу выйдет и не сможет вернуться с этой учётной записью. Имя останется в списке.
staff-people-reset = Создать ссылку для нового пароля
staff-people-reset-why = Если потерян пароль или телефон.
staff-people-change = Изменить
staff-invite = Пригласить
staff-invite-role = Роль
staff-invite-button = Создать ссылку
staff-link-made = Ссылка готова
staff-link-why = Передайте её человеку сами. Она действует один раз, до { $until }. Больше она не будет показана.
staff-links = Неиспользованные ссылки
staff-link-somebody = для нового человека: { $role }
staff-link-account = для { $name }
staff-link-until = до { $until }
staff-link-drop = Отозвать

staff-account = Моя учётная запись
staff-account-password = Сменить пароль
staff-account-new = Новый пароль
staff-account-present = Текущий пароль
staff-account-change = Сменить
staff-account-changed = Пароль изменён. Все другие сеансы завершены.
staff-account-papers = { $left ->
    [0] Резервных кодов не осталось.
    [one] Остался { $left } резервный код.
    [few] Осталось { $left } резервных кода.
   *[other] Осталось { $left } резервных кодов.
}
staff-account-renew = Создать новые резервные коды
staff-account-everywhere = Выйти везде
staff-account-everywhere-why = Завершатся все ваши сеансы, и на этом устройстве тоже.
