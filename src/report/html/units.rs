//! Offsets as the browser counts them.

/// Turns offsets in code points, which a run has, into UTF-16 units, which JavaScript has, and bytes.
pub(super) struct Units {
    /// By code point; empty where each is one unit and one byte.
    places: Vec<(u32, u32)>,
    /// Code points of the text.
    len: usize,
}

impl Units {
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { places: Vec::new(), len: text.len() };
        }
        let mut units = 0;
        let mut places: Vec<(u32, u32)> = Vec::with_capacity(text.len() / 2);
        for (byte, char) in text.char_indices() {
            places.push((units, byte as u32));
            units += char.len_utf16() as u32;
        }
        let len = places.len();
        places.push((units, text.len() as u32));
        Self { places, len }
    }

    /// A code point in UTF-16 units; what lies behind the end is the end.
    pub(super) fn unit(&self, point: usize) -> u32 {
        let point = point.min(self.len);
        self.places.get(point).map_or(point as u32, |&(unit, _)| unit)
    }

    /// Units of the whole text.
    pub(super) fn end(&self) -> u32 {
        self.unit(self.len)
    }

    /// The place of a byte in units.
    pub(super) fn of_byte(&self, byte: u32) -> u32 {
        let at = self.places.partition_point(|place| place.1 < byte);
        self.places.get(at).map_or(byte, |place| place.0)
    }

    /// What stands between two code points, if they are places of the text.
    pub(super) fn slice<'a>(&self, text: &'a str, start: usize, end: usize) -> Option<&'a str> {
        let byte = |point: usize| {
            (point <= self.len).then(|| self.places.get(point).map_or(point, |p| p.1 as usize))
        };
        text.get(byte(start)?..byte(end)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn emoji_and_rare_characters_are_two_units() {
        let units = Units::of("a🚢b𠮷c");
        let at: Vec<u32> = (0..=6).map(|point| units.unit(point)).collect();
        assert_eq!(at, [0, 1, 3, 4, 6, 7, 7]);
    }

    proptest! {
        #[test]
        fn units_slice_what_code_points_slice(text in any::<String>(), a in 0_usize..40, b in 0_usize..40) {
            let chars: Vec<char> = text.chars().collect();
            let (start, end) = (a.min(b).min(chars.len()), a.max(b).min(chars.len()));
            let units = Units::of(&text);
            let wanted: String = chars[start..end].iter().collect();
            prop_assert_eq!(units.slice(&text, start, end), Some(&*wanted));
            let wide: Vec<u16> = text.encode_utf16().collect();
            let slice = &wide[units.unit(start) as usize..units.unit(end) as usize];
            prop_assert_eq!(String::from_utf16(slice).unwrap(), wanted);
        }
    }
}
