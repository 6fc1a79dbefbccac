extension Sequence<UInt8> {
    /// The bytes, two hexadecimal digits each.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    /// The UTF-8 of the text, two hexadecimal digits a byte.
    var hexadecimal: String { utf8.hexadecimal }
}
