//! zlib streams, inflated piece by piece under a ceiling (RFC 1950, RFC 1951).
//!
//! Memory is flat whatever the stream says: one buffer of [`WINDOW`] + [`PIECE`] bytes and the decoder's tables (about 11 KiB), under 64 KiB together.
//! `miniz_oxide` decodes; what it leaves open is closed here: a distance that reaches before the first byte, bytes after the end, a stream cut short.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// How far back a match may reach (RFC 1951 §2).
pub const WINDOW: usize = 32 * 1024;
/// Output of one step: small beside the window, large enough that moving the window costs little (two bytes moved for one made).
pub const PIECE: usize = 16 * 1024;

/// Why a stream is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InflateFault {
    /// No zlib stream: header, preset dictionary, block, distance, checksum, cut short, or bytes after the end.
    Invalid,
    /// More output than the ceiling.
    TooLarge,
}

/// A decoder in the middle of a stream. The stream itself is lent to each step, so that a [`Checkpoint`] need not hold it.
pub struct Inflater {
    decoder: Box<DecompressorOxide>,
    /// What was made last, then room for the next piece.
    buffer: Vec<u8>,
    filled: usize,
    consumed: usize,
    produced: usize,
    done: bool,
}

/// A place in a stream from which inflating can go on.
#[derive(Clone)]
pub struct Checkpoint {
    decoder: Box<DecompressorOxide>,
    window: Vec<u8>,
    consumed: usize,
    produced: usize,
}

impl Checkpoint {
    /// Bytes of output that lie before this place.
    pub const fn produced(&self) -> usize {
        self.produced
    }
}

impl Default for Inflater {
    fn default() -> Self {
        Self::new()
    }
}

impl Inflater {
    /// At the beginning of a stream.
    pub fn new() -> Self {
        Self { decoder: Box::default(), buffer: vec![0; WINDOW.saturating_add(PIECE)], filled: 0, consumed: 0, produced: 0, done: false }
    }

    /// At a place reached before.
    pub fn resume(checkpoint: &Checkpoint) -> Self {
        let mut buffer = vec![0; WINDOW.saturating_add(PIECE)];
        if let Some(head) = buffer.get_mut(..checkpoint.window.len()) {
            head.copy_from_slice(&checkpoint.window);
        }
        Self {
            decoder: checkpoint.decoder.clone(),
            buffer,
            filled: checkpoint.window.len(),
            consumed: checkpoint.consumed,
            produced: checkpoint.produced,
            done: false,
        }
    }

    /// This place, to come back to.
    pub fn checkpoint(&self) -> Checkpoint {
        let from = self.filled.saturating_sub(WINDOW);
        let window = self.buffer.get(from..self.filled).unwrap_or_default().to_vec();
        Checkpoint { decoder: self.decoder.clone(), window, consumed: self.consumed, produced: self.produced }
    }

    /// Bytes of output so far.
    pub const fn produced(&self) -> usize {
        self.produced
    }

    /// The next piece of output; `None` after the last one. `stream` is the whole stream, the same at every step.
    ///
    /// # Errors
    /// [`InflateFault::Invalid`].
    pub fn step(&mut self, stream: &[u8]) -> Result<Option<&[u8]>, InflateFault> {
        if self.done {
            return Ok(None);
        }
        if self.filled > WINDOW {
            let from = self.filled.saturating_sub(WINDOW);
            self.buffer.copy_within(from..self.filled, 0);
            self.filled = WINDOW;
        }
        let start = self.filled;
        // never more than a piece, also at the beginning: a step costs the same everywhere
        let end = start.saturating_add(PIECE);
        let input = stream.get(self.consumed..).ok_or(InflateFault::Invalid)?;
        let room = self.buffer.get_mut(..end).ok_or(InflateFault::Invalid)?;
        let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, made) = decompress(&mut self.decoder, input, room, start, flags);
        self.consumed = self.consumed.saturating_add(read);
        self.produced = self.produced.saturating_add(made);
        self.filled = start.saturating_add(made);
        self.done = status == TINFLStatus::Done && self.consumed == stream.len();
        // else: a bad stream, one cut short, or bytes after its end
        if !self.done && (status != TINFLStatus::HasMoreOutput || made == 0) {
            return Err(InflateFault::Invalid);
        }
        Ok(self.buffer.get(start..self.filled).filter(|piece| !piece.is_empty()))
    }
}

/// Reads a stream to its end, checksum included, and keeps nothing: how long it is, if it is good.
///
/// # Errors
/// [`InflateFault`].
pub fn measure(stream: &[u8], ceiling: usize) -> Result<usize, InflateFault> {
    let mut inflater = Inflater::new();
    while inflater.step(stream)?.is_some() {
        if inflater.produced() > ceiling {
            return Err(InflateFault::TooLarge);
        }
    }
    Ok(inflater.produced())
}

/// Inflates the whole stream, whose length [`measure`] told.
///
/// # Errors
/// [`InflateFault`].
///
/// ```
/// use eid_verifier::encoding::inflate::{inflate, measure, InflateFault};
/// let stream = [0x78, 0x9c, 0x4b, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62]; // "a"
/// assert_eq!(measure(&stream, 1), Ok(1));
/// assert_eq!(inflate(&stream, 1).as_deref(), Ok(&b"a"[..]));
/// assert_eq!(measure(&stream, 0), Err(InflateFault::TooLarge));
/// assert_eq!(measure(&stream[..8], 1), Err(InflateFault::Invalid)); // cut short
/// ```
pub fn inflate(stream: &[u8], length: usize) -> Result<Vec<u8>, InflateFault> {
    let mut bytes = Vec::with_capacity(length);
    let mut inflater = Inflater::new();
    while let Some(piece) = inflater.step(stream)? {
        if bytes.len().saturating_add(piece.len()) > length {
            return Err(InflateFault::TooLarge);
        }
        bytes.extend_from_slice(piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects)]
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect()
    }

    #[test]
    fn what_was_deflated_comes_back_at_every_size() {
        for length in [0, 1, 100, PIECE - 1, PIECE, PIECE + 1, WINDOW, WINDOW + PIECE, 3 * WINDOW + 7, 1 << 20] {
            for level in [0, 1, 6, 9] {
                for plain in [noise(length), vec![0; length], noise(97).into_iter().cycle().take(length).collect()] {
                    let stream = compress_to_vec_zlib(&plain, level);
                    assert_eq!(measure(&stream, length), Ok(length));
                    assert_eq!(inflate(&stream, length).unwrap(), plain);
                    if length > 0 {
                        assert_eq!(measure(&stream, length - 1), Err(InflateFault::TooLarge));
                    }
                }
            }
        }
    }

    #[test]
    fn a_checkpoint_goes_on_where_it_was_taken() {
        let plain: Vec<u8> = noise(40_000).into_iter().cycle().take(300_000).collect();
        let stream = compress_to_vec_zlib(&plain, 9);
        let mut inflater = Inflater::new();
        let mut at = 0;
        while let Some(piece) = inflater.step(&stream).unwrap() {
            at += piece.len();
            let checkpoint = inflater.checkpoint();
            assert_eq!(checkpoint.produced(), at);
            let mut resumed = Inflater::resume(&checkpoint);
            let mut rest = at;
            while let Some(piece) = resumed.step(&stream).unwrap() {
                assert_eq!(piece, &plain[rest..rest + piece.len()]);
                rest += piece.len();
            }
            assert_eq!(rest, plain.len());
        }
    }

    #[test]
    fn streams_that_are_not_whole_are_refused() {
        let good = compress_to_vec_zlib(&noise(1000), 6);
        for cut in 0..good.len() {
            assert_eq!(measure(&good[..cut], 1 << 20), Err(InflateFault::Invalid), "cut at {cut}");
        }
        let mut trailing = good.clone();
        trailing.push(0);
        assert_eq!(measure(&trailing, 1 << 20), Err(InflateFault::Invalid));
        let mut checksum = good.clone();
        *checksum.last_mut().unwrap() ^= 1;
        assert_eq!(measure(&checksum, 1 << 20), Err(InflateFault::Invalid));
        // FDICT: header 78 bb is valid and asks for a preset dictionary (RFC 1950 §2.2)
        let mut dictionary = vec![0x78, 0xbb, 0, 0, 0, 1];
        dictionary.extend_from_slice(&good[2..]);
        assert_eq!(measure(&dictionary, 1 << 20), Err(InflateFault::Invalid));
        // raw deflate and gzip are other formats
        assert_eq!(measure(&good[2..good.len() - 4], 1 << 20), Err(InflateFault::Invalid));
        assert_eq!(measure(&[0x1f, 0x8b, 8, 0], 1 << 20), Err(InflateFault::Invalid));
    }

    #[test]
    fn a_match_that_reaches_before_the_first_byte_is_refused() {
        // fixed block: length 3, distance 1, end; nothing was written before (RFC 1951 §3.2.6). Checksum of three zero bytes.
        let stream = [0x78, 0x01, 0x03, 0x02, 0x00, 0x00, 0x03, 0x00, 0x01];
        assert_eq!(measure(&stream, 1 << 20), Err(InflateFault::Invalid));
    }

    #[test]
    fn a_bomb_stops_at_the_ceiling() {
        let bomb = compress_to_vec_zlib(&vec![0; 20 << 20], 9);
        assert_eq!(measure(&bomb, 16 << 20), Err(InflateFault::TooLarge));
        assert_eq!(measure(&bomb, 20 << 20), Ok(20 << 20));
    }
}
