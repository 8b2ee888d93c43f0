//! Loops with the widest vector registers that the processor at hand has.
//!
//! The program is built for every processor of its kind; which registers there are is asked when it runs. The
//! bits are the same on all of them: nothing is fused, and sums keep the order that the code gives them.

/// Defines a function whose body is built for the best registers at hand, everything that it calls inlined.
macro_rules! vectorized {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),+) -> $result:ty $body:block) => {
        $(#[$about])*
        $visible fn $name($($argument: $type),+) -> $result {
            struct Loop<T>(T);
            impl pulp::NullaryFnOnce for Loop<($($type,)+)> {
                type Output = $result;

                #[inline(always)]
                fn call(self) -> $result {
                    let ($($argument,)+) = self.0;
                    $body
                }
            }
            pulp::Arch::new().dispatch(Loop(($($argument,)+)))
        }
    };
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),+) $body:block) => {
        $crate::linalg::vectorized::vectorized! {
            $(#[$about])* $visible fn $name($($argument: $type),+) -> () $body
        }
    };
}

pub(crate) use vectorized;
