# Что стоит рядом с текстом согласия в форме магазина.

consent-agree = Даю согласие
consent-channel-call = по телефону
consent-channel-email = по электронной почте
consent-channel-messenger = в мессенджере
consent-channel-phone = по телефону
consent-channel-post = обычной почтой
consent-channel-push = уведомлениями на устройстве
consent-channel-sms = по SMS
consent-channel-telegram = в Telegram
consent-channel-whatsapp = в WhatsApp
consent-optional = Отмечать ничего не обязательно: пустое поле значит «нет».
consent-policy = Политика обработки персональных данных (откроется в новом окне)
consent-gpc = Ваш браузер просит не использовать данные для рекламы. Мы это учли: поля не отмечены.
