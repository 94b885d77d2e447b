//! Data that the page unpacks when it needs it: JSON, deflated, in base64, which holds no markup.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde::Serialize;

/// Packs what is serialised into the text of a block.
pub(super) fn packed(data: &impl Serialize) -> String {
    let json = serde_json::to_vec(data).expect("blocks have string keys only");
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let bytes = encoder.write_all(&json).and_then(|()| encoder.finish());
    STANDARD.encode(bytes.expect("memory can be written to"))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_block_holds_no_markup_and_all_of_the_data() {
        let data = ["</script><!-- \u{0} & \u{202e}", "事件"];
        let block = packed(&data);
        assert!(block.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c)), "{block}");
        let mut json = String::new();
        let bytes = STANDARD.decode(block).unwrap();
        flate2::read::ZlibDecoder::new(&bytes[..]).read_to_string(&mut json).unwrap();
        assert_eq!(serde_json::from_str::<[String; 2]>(&json).unwrap(), data);
    }
}
