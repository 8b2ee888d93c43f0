//! Inputs that once gave a wrong number, a message that hid its cause, or none: each says what is right, and where
//! that comes from.

mod designs;
