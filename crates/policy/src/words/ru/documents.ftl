# Документы для печати.

document-policy-foot = Редакция { $version } · действует с { $day }
document-page = страница { $page } из { $pages }
document-policy-mark = SHA-256 политики:
document-policy-version = { $version }, действует с { $day }
document-published-at = Опубликовано
