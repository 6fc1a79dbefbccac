/// Encodes a label in punycode (RFC 3492), without the prefix `xn--`.
///
/// - Parameter label: The Unicode scalars of the label, at most a few dozen: the time grows with the square.
/// - Returns: The basic characters, a hyphen if there are any, and the others as numbers in base 36.
func punycode(_ label: [Unicode.Scalar]) -> String {
    let basic = label.filter(\.isASCII)
    var text = String(String.UnicodeScalarView(basic))
    if !basic.isEmpty { text += "-" }
    var encoder = PunycodeDeltas(handled: basic.count)
    var next: UInt32 = 0x80
    while encoder.handled < label.count, let lowest = label.map(\.value).filter({ $0 >= next }).min() {
        encoder.delta += Int(lowest - next) * (encoder.handled + 1)
        for scalar in label {
            if scalar.value < lowest { encoder.delta += 1 }
            if scalar.value == lowest { encoder.writeDelta(to: &text) }
        }
        encoder.delta += 1
        next = lowest + 1
    }
    return text
}

/// The state between the numbers of the encoding.
private struct PunycodeDeltas {
    private static let base = 36
    private static let lowestThreshold = 1
    private static let highestThreshold = 26

    /// The number of scalars that have been written.
    var handled: Int
    var delta = 0
    private var bias = 72
    private var isFirst = true

    init(handled: Int) {
        self.handled = handled
    }

    /// Writes the delta as a number of variable length, least digit first, and begins with the next one.
    mutating func writeDelta(to text: inout String) {
        var rest = delta
        var position = Self.base
        while true {
            let threshold = min(max(position - bias, Self.lowestThreshold), Self.highestThreshold)
            if rest < threshold { break }
            let (quotient, remainder) = (rest - threshold).quotientAndRemainder(dividingBy: Self.base - threshold)
            text.unicodeScalars.append(Self.digit(threshold + remainder))
            rest = quotient
            position += Self.base
        }
        text.unicodeScalars.append(Self.digit(rest))
        handled += 1
        adapt()
    }

    /// Adapts the thresholds to the size of the delta (RFC 3492, section 6.1).
    private mutating func adapt() {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / handled
        var steps = 0
        while rest > (Self.base - Self.lowestThreshold) * Self.highestThreshold / 2 {
            rest /= Self.base - Self.lowestThreshold
            steps += Self.base
        }
        bias = steps + (Self.base - Self.lowestThreshold + 1) * rest / (rest + 38)
        isFirst = false
        delta = 0
    }

    /// The digit of a value: a to z, then 0 to 9.
    private static func digit(_ value: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(clamping: value < 26 ? 0x61 + value : 0x30 + value - 26))
    }
}
