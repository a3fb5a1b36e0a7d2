//! A letter of withdrawal and destruction from its arrival by SMTP to the last answer.
