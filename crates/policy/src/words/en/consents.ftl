# What stands beside a consent text in a form of the shop.

consent-agree = I agree
consent-channel-call = by telephone
consent-channel-email = by e-mail
consent-channel-messenger = in a messenger
consent-channel-phone = by telephone
consent-channel-post = by post
consent-channel-push = by notices on the device
consent-channel-sms = by SMS
consent-channel-telegram = in Telegram
consent-channel-whatsapp = in WhatsApp
consent-optional = You need not tick anything: an empty box means “no”.
consent-policy = Personal data policy (opens in a new window)
consent-gpc = Your browser asks us not to use your data for advertising. We have heard that: the boxes are empty.
