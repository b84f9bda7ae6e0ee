//! The curves of travel documents on RustCrypto's curve framework (`primeorder`, `primefield`): brainpoolP224r1 to P512r1 (RFC 5639 §3), P-224, P-384, P-521
//! (SP 800-186 §3.2.1).
//!
//! Nothing is computed here: each curve is its constants. Field and scalar arithmetic are `crypto-bigint`'s Montgomery forms, the complete addition
//! formulas and the multiplication are `primeorder`'s, the verification is `ecdsa`'s. The generators named for the fields are the least quadratic
//! non-residues, which is all that the framework's square roots need of them (and nothing here takes square roots: compressed points are not read).
//!
//! brainpoolP512r1, the curve of the Vietnamese CSCA, P320r1 and P224r1 have no published crate. The others have (`bp256`, `bp384`, `p384`, `p521`), with
//! arithmetic unrolled for each: in WebAssembly that costs 60 KB compressed, so here all share one arithmetic. P-224 and the two smaller Brainpool curves
//! take numbers of 512 bits, since they are rare and the code is there. Wycheproof's sets hold every one of them exact. Not here: P-192 and brainpoolP192r1,
//! below the 224 bits that ICAO Doc 9303-12 §4.4 asks for, and in no certificate of the German master list of 2024.
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
    p224, P224, uint: U512, size: U28, arithmetic: EquationAIsMinusThree,
    p: "000000000000000000000000000000000000000000000000000000000000000000000000ffffffffffffffffffffffffffffffff000000000000000000000001",
    root_of_p: 11,
    n: "000000000000000000000000000000000000000000000000000000000000000000000000ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
    root_of_n: 2,
    a: "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
    b: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    x: "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
    y: "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
}

curve! {
    /// P-384 (SP 800-186 §3.2.1.4).
    p384, P384, uint: U384, size: U48, arithmetic: EquationAIsMinusThree,
    p: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
    root_of_p: 19,
    n: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    root_of_n: 2,
    a: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
    b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    x: "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
    y: "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
}

curve! {
    /// P-521 (SP 800-186 §3.2.1.5).
    p521, P521, uint: U576, size: U66, arithmetic: EquationAIsMinusThree,
    p: "00000000000001ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    root_of_p: 3,
    n: "00000000000001fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    root_of_n: 3,
    a: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc",
    b: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
    x: "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
    y: "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
}

curve! {
    /// brainpoolP224r1 (RFC 5639 §3.3).
    p224r1, BrainpoolP224r1, uint: U512, size: U28, arithmetic: EquationAIsGeneric,
    p: "000000000000000000000000000000000000000000000000000000000000000000000000d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    root_of_p: 3,
    n: "000000000000000000000000000000000000000000000000000000000000000000000000d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
    root_of_n: 3,
    a: "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    b: "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    x: "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    y: "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd",
}

curve! {
    /// brainpoolP256r1 (RFC 5639 §3.4).
    p256r1, BrainpoolP256r1, uint: U256, size: U32, arithmetic: EquationAIsGeneric,
    p: "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
    root_of_p: 11,
    n: "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7",
    root_of_n: 3,
    a: "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
    b: "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
    x: "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
    y: "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
}

curve! {
    /// brainpoolP320r1 (RFC 5639 §3.5).
    p320r1, BrainpoolP320r1, uint: U512, size: U40, arithmetic: EquationAIsGeneric,
    p: "000000000000000000000000000000000000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    root_of_p: 5,
    n: "000000000000000000000000000000000000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
    root_of_n: 3,
    a: "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    b: "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    x: "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    y: "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1",
}

curve! {
    /// brainpoolP384r1 (RFC 5639 §3.6).
    p384r1, BrainpoolP384r1, uint: U384, size: U48, arithmetic: EquationAIsGeneric,
    p: "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53",
    root_of_p: 2,
    n: "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565",
    root_of_n: 2,
    a: "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826",
    b: "04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11",
    x: "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e",
    y: "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315",
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
