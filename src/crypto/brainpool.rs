//! Curves that no published crate offers, on RustCrypto's own curve framework (`primeorder`, `primefield`): brainpoolP224r1, P320r1 and P512r1 (RFC 5639 §3)
//! and P-224 (FIPS 186-5, SP 800-186 §3.2.1.2).
//!
//! Nothing is computed here: each curve is its constants. Field and scalar arithmetic are `crypto-bigint`'s Montgomery forms, the complete addition
//! formulas and the multiplication are `primeorder`'s, the verification is `ecdsa`'s. The generators named for the fields are the least quadratic
//! non-residues, which is all that the framework's square roots need of them (and nothing here takes square roots: compressed points are not read).
//! brainpoolP512r1 is the curve of the Vietnamese CSCA.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "the bodies of the framework's macros"
)]

/// One curve of prime order over a prime field from its constants.
macro_rules! curve {
    (
        $(#[$about:meta])* $module:ident, $name:ident, uint: $uint:ident, size: $size:ident, arithmetic: $arithmetic:ident,
        p: $p:expr, root_of_p: $root_of_p:expr, n: $n:expr, root_of_n: $root_of_n:expr,
        a: $a:expr, b: $b:expr, x: $x:expr, y: $y:expr $(,)?
    ) => {
        $(#[$about])*
        pub mod $module {
            mod field {
                use elliptic_curve::bigint::$uint;
                use elliptic_curve::ff::PrimeField;
                use elliptic_curve::ops::BatchInvert;
                use elliptic_curve::subtle::{Choice, ConstantTimeEq, CtOption};

                primefield::monty_field_params! {
                    name: FieldParams,
                    modulus: $p,
                    uint: $uint,
                    byte_order: primefield::ByteOrder::BigEndian,
                    multiplicative_generator: $root_of_p,
                    doc: "The field's modulus p"
                }
                primefield::monty_field_element! { name: FieldElement, params: FieldParams, uint: $uint, doc: "Element of the field modulo p" }
                primefield::monty_field_arithmetic! { name: FieldElement, params: FieldParams, uint: $uint }

                impl BatchInvert for FieldElement {}
            }

            mod scalar {
                use elliptic_curve::FieldBytes;
                use elliptic_curve::bigint::{ArrayEncoding, ByteArray, Odd, $uint};
                use elliptic_curve::ff::PrimeField;
                use elliptic_curve::ops::Reduce;
                use elliptic_curve::scalar::{FromUintUnchecked, IsHigh};
                use elliptic_curve::subtle::{Choice, ConstantTimeEq, ConstantTimeGreater, CtOption};
                use primeorder::wnaf;

                /// The order n of the group.
                pub const ORDER: Odd<$uint> = Odd::<$uint>::from_be_hex($n);

                primefield::monty_field_params! {
                    name: ScalarParams,
                    modulus: $n,
                    uint: $uint,
                    byte_order: primefield::ByteOrder::BigEndian,
                    multiplicative_generator: $root_of_n,
                    doc: "The order n of the group"
                }
                primefield::monty_field_element! { name: Scalar, params: ScalarParams, uint: $uint, doc: "Element of the scalar field modulo n" }
                primefield::monty_field_arithmetic! { name: Scalar, params: ScalarParams, uint: $uint }
                elliptic_curve::scalar_impls!(crate::crypto::brainpool::$module::$name, Scalar);
                wnaf::impl_wnaf_size_for_scalar!(Scalar);

                impl Reduce<$uint> for Scalar {
                    fn reduce(number: &$uint) -> Self {
                        Self::from_uint_unchecked(*number) // Montgomery multiplication reduces
                    }
                }

                impl Reduce<FieldBytes<crate::crypto::brainpool::$module::$name>> for Scalar {
                    fn reduce(bytes: &FieldBytes<crate::crypto::brainpool::$module::$name>) -> Self {
                        let mut padded = ByteArray::<$uint>::default();
                        for (to, from) in padded.iter_mut().rev().zip(bytes.iter().rev()) {
                            *to = *from;
                        }
                        Self::reduce(&<$uint>::from_be_byte_array(padded))
                    }
                }

                impl AsRef<Scalar> for Scalar {
                    fn as_ref(&self) -> &Scalar {
                        self
                    }
                }

                impl FromUintUnchecked for Scalar {
                    type Uint = $uint;

                    fn from_uint_unchecked(uint: Self::Uint) -> Self {
                        Self::from_uint_unchecked(uint)
                    }
                }

                impl IsHigh for Scalar {
                    fn is_high(&self) -> Choice {
                        const HALF: $uint = ORDER.as_ref().shr_vartime(1);
                        self.to_canonical().ct_gt(&HALF)
                    }
                }
            }

            use elliptic_curve::bigint::{Odd, $uint};
            use elliptic_curve::hazmat::FieldArithmetic;
            use elliptic_curve::{CurveArithmetic, PrimeCurveArithmetic};
            use primeorder::{PrimeCurveParams, mul_backend, point_arithmetic};

            use self::field::FieldElement;
            use self::scalar::{ORDER, Scalar};

            /// The curve.
            #[derive(Copy, Clone, Debug, Default, Eq, PartialEq, PartialOrd, Ord)]
            pub struct $name;

            impl elliptic_curve::Curve for $name {
                type FieldBytesSize = elliptic_curve::consts::$size;
                type Uint = $uint;
                const ORDER: Odd<$uint> = ORDER;
            }

            impl elliptic_curve::PrimeCurve for $name {}

            impl elliptic_curve::point::PointCompression for $name {
                const COMPRESS_POINTS: bool = false;
            }

            impl CurveArithmetic for $name {
                type AffinePoint = primeorder::AffinePoint<Self>;
                type ProjectivePoint = primeorder::ProjectivePoint<Self>;
                type Scalar = Scalar;
            }

            impl FieldArithmetic for $name {
                type FieldElement = FieldElement;
            }

            impl PrimeCurveArithmetic for $name {
                type CurveGroup = primeorder::ProjectivePoint<Self>;
            }

            impl PrimeCurveParams for $name {
                type PointArithmetic = point_arithmetic::$arithmetic;
                type Backend = mul_backend::VariableOnly;
                const EQUATION_A: FieldElement = FieldElement::from_hex_vartime($a);
                const EQUATION_B: FieldElement = FieldElement::from_hex_vartime($b);
                const GENERATOR: (FieldElement, FieldElement) = (FieldElement::from_hex_vartime($x), FieldElement::from_hex_vartime($y));
            }

            impl ecdsa::EcdsaCurve for $name {
                const NORMALIZE_S: bool = false;
            }
        }
    };
}

curve! {
    /// P-224 (SP 800-186 §3.2.1.2).
    p224, P224, uint: U256, size: U28, arithmetic: EquationAIsMinusThree,
    p: "00000000ffffffffffffffffffffffffffffffff000000000000000000000001",
    root_of_p: 11,
    n: "00000000ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
    root_of_n: 2,
    a: "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
    b: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    x: "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
    y: "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
}

curve! {
    /// brainpoolP224r1 (RFC 5639 §3.3).
    p224r1, BrainpoolP224r1, uint: U256, size: U28, arithmetic: EquationAIsGeneric,
    p: "00000000d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    root_of_p: 3,
    n: "00000000d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
    root_of_n: 3,
    a: "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    b: "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    x: "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    y: "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd",
}

curve! {
    /// brainpoolP320r1 (RFC 5639 §3.5).
    p320r1, BrainpoolP320r1, uint: U384, size: U40, arithmetic: EquationAIsGeneric,
    p: "0000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    root_of_p: 5,
    n: "0000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
    root_of_n: 3,
    a: "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    b: "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    x: "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    y: "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1",
}

curve! {
    /// brainpoolP512r1 (RFC 5639 §3.7).
    p512r1, BrainpoolP512r1, uint: U512, size: U64, arithmetic: EquationAIsGeneric,
    p: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
    root_of_p: 2,
    n: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069",
    root_of_n: 7,
    a: "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
    b: "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
    x: "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
    y: "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892",
}
