# Дүкен формасында келісім мәтінінің жанында тұратын сөздер.

consent-agree = Келісемін
consent-channel-call = телефон арқылы
consent-channel-email = электрондық пошта арқылы
consent-channel-messenger = мессенджер арқылы
consent-channel-phone = телефон арқылы
consent-channel-post = кәдімгі пошта арқылы
consent-channel-push = құрылғыдағы хабарландырулар арқылы
consent-channel-sms = SMS арқылы
consent-channel-telegram = Telegram арқылы
consent-channel-whatsapp = WhatsApp арқылы
consent-optional = Белгі қою міндетті емес: бос өріс «жоқ» дегенді білдіреді.
consent-policy = Дербес деректерді өңдеу саясаты (жаңа терезеде ашылады)
consent-gpc = Браузеріңіз деректерді жарнамаға пайдаланбауды сұрайды. Мұны ескердік: өрістер белгіленбеген.
