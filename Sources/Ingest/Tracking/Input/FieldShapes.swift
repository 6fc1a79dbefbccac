// The forms of short texts.
extension Span<UInt8> {
    /// True for a width and a height of one to five digits, such as `1920x1080`.
    var isSize: Bool {
        var lengths = (0, 0)
        var isHeight = false
        for index in indices {
            switch self[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if isHeight { lengths.1 += 1 } else { lengths.0 += 1 }
            case UInt8(ascii: "x") where !isHeight: isHeight = true
            default: return false
            }
        }
        return (1...5).contains(lengths.0) && (1...5).contains(lengths.1)
    }

    /// True for a text that has the form of the name of a time zone (IANA), such as `America/New_York`.
    var isZone: Bool {
        guard (1...HitInput.bytesOfToken).contains(count), (0x61...0x7A).contains(self[0] | 0x20) else { return false }
        for index in indices {
            switch self[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
                continue
            // A slash separates two parts.
            case UInt8(ascii: "/") where index + 1 < count && self[index - 1] != UInt8(ascii: "/"): continue
            default: return false
            }
        }
        return true
    }
}
