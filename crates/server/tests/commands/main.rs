//! Do the commands do what they say, with the status they promise?

#[cfg(test)]
mod cases;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod installation;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod life;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod support;
