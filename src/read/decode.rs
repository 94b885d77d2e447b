//! Turns bytes into text: UTF-8 as it is, else the encoding they were most likely written in.

use std::borrow::Cow;
use std::str;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// How bytes stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// As they should.
    Utf8,
    /// UTF-8 but for a few bytes, each of which becomes U+FFFD.
    BrokenUtf8,
    /// In an encoding of before.
    Legacy(&'static Encoding),
}

impl Coding {
    /// The text, if it is one.
    pub(super) fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let Self::Legacy(encoding) = self else { return Some(String::from_utf8_lossy(bytes)) };
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        // Bytes of a picture make a control character of every eighth; text has a stray one.
        let controls = text.chars().filter(|&c| c.is_control() && !c.is_whitespace()).count();
        (!has_errors && controls * 100 <= bytes.len()).then_some(text)
    }
}

/// The encoding of bytes that belong together and are not UTF-8, learned from all of them.
pub(super) struct Charset(EncodingDetector);

impl Charset {
    pub(super) fn new() -> Self {
        Self(EncodingDetector::new(Iso2022JpDetection::Deny))
    }

    /// Learns from bytes; those that are UTF-8 teach nothing.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if str::from_utf8(bytes).is_err() && !is_mostly_utf8(bytes) {
            self.0.feed(bytes, false);
        }
    }

    /// How some bytes that are read together stand for text.
    pub(super) fn coding(&self, bytes: &[u8]) -> Coding {
        if str::from_utf8(bytes).is_ok() {
            Coding::Utf8
        } else if is_mostly_utf8(bytes) {
            Coding::BrokenUtf8
        } else {
            Coding::Legacy(self.0.guess(None, Utf8Detection::Deny))
        }
    }
}

/// Whether most of what lies outside ASCII is UTF-8. In a legacy encoding hardly any of it happens
/// to be: at most one character in seven, in Chinese.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > 2 * broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> (Coding, Option<Cow<'_, str>>) {
        let mut charset = Charset::new();
        charset.feed(bytes);
        let coding = charset.coding(bytes);
        (coding, coding.text(bytes))
    }

    #[test]
    fn legacy_encodings_are_recognised() {
        for (encoding, text) in [
            (
                encoding_rs::WINDOWS_1252,
                "Le président a déclaré « non » à la réforme – déjà votée.",
            ),
            (encoding_rs::WINDOWS_1251, "Президент России Владимир Путин заявил об этом в среду."),
            (encoding_rs::SHIFT_JIS, "首相は水曜日、国会で法案について説明した。"),
            (encoding_rs::WINDOWS_1256, "أعلن الرئيس اليوم في كلمة أمام البرلمان عن قرار جديد"),
            (encoding_rs::GBK, "总理星期三在国会就该法案作了说明，并回答了记者的提问。"),
            (encoding_rs::EUC_KR, "대통령은 수요일 국회에서 이 법안에 대해 설명했다."),
        ] {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable);
            assert_eq!(decode(&bytes).1.as_deref(), Some(text), "{}", encoding.name());
        }
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_rest() {
        let (coding, text) = decode(b"Il a dit \xc2\xab\xc2\xa0non\xc2\xa0\xc2\xbb, h\xe9las");
        assert_eq!(coding, Coding::BrokenUtf8);
        assert_eq!(text.as_deref(), Some("Il a dit «\u{a0}non\u{a0}», h\u{fffd}las"));
    }

    #[test]
    fn noise_is_no_text() {
        let noise = (0..4000_u64).map(|i| crate::hash::mix(i) as u8 | 1).collect::<Vec<_>>();
        assert_eq!(decode(&noise).1, None);
    }
}
