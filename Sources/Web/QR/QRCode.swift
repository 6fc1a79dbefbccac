/// A text as a QR code in bytes, with the error correction L and the mask 0 (ISO/IEC 18004).
struct QRCode {
    /// The modules of a side.
    let size: Int
    private var isDark: [Bool]
    /// The modules that have no data.
    private var isFixed: [Bool]

    /// Draws a text; nil if it has more than 230 bytes.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
        size = version.size
        isDark = Array(repeating: false, count: size * size)
        isFixed = isDark
        drawPatterns(version)
        draw(Self.codewords(bytes, version))
    }

    /// The state of the module in a column and a row.
    subscript(x: Int, y: Int) -> Bool { isDark[y * size + x] }

    /// The codewords of the text and of its correction, in the order in which they are drawn.
    private static func codewords(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        let count = UInt8(clamping: bytes.count)
        // The kind has four bits, so that all that follows lies across two bytes.
        var halves: [UInt8] = [4, count >> 4, count & 15]
        for byte in bytes { halves += [byte >> 4, byte & 15] }
        halves.append(0)
        var data = stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
        for index in 0..<(version.blocks * version.data - data.count) {
            data.append(index.isMultiple(of: 2) ? 0xEC : 0x11)
        }
        let blocks = (0..<version.blocks).map { data[$0 * version.data..<($0 + 1) * version.data] }
        let correction = ReedSolomon(count: version.correction)
        let corrections = blocks.map(correction.correction)
        var codewords: [UInt8] = []
        for index in 0..<version.data { codewords += blocks.map { $0[$0.startIndex + index] } }
        for index in 0..<version.correction { codewords += corrections.map { $0[index] } }
        return codewords
    }

    private mutating func fix(_ x: Int, _ y: Int, _ dark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        isDark[y * size + x] = dark
        isFixed[y * size + x] = true
    }

    private mutating func drawPatterns(_ version: QRVersion) {
        for index in 0..<size {
            fix(6, index, index.isMultiple(of: 2))
            fix(index, 6, index.isMultiple(of: 2))
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawSquares(x, y, radius: 4, light: [2, 4]) }
        let last = version.alignments.last ?? 0
        for x in version.alignments {
            for y in version.alignments where !([(6, 6), (6, last), (last, 6)].contains { $0 == (x, y) }) {
                drawSquares(x, y, radius: 2, light: [1])
            }
        }
        drawFormat()
        for bit in 0..<18 where version.mark > 0 {
            let (far, near) = (size - 11 + bit % 3, bit / 3)
            fix(far, near, version.mark >> bit & 1 == 1)
            fix(near, far, version.mark >> bit & 1 == 1)
        }
    }

    /// Draws squares around a centre, of which those with some distances are light.
    private mutating func drawSquares(_ x: Int, _ y: Int, radius: Int, light: [Int]) {
        for dx in -radius...radius {
            for dy in -radius...radius { fix(x + dx, y + dy, !light.contains(max(abs(dx), abs(dy)))) }
        }
    }

    /// Draws the level L and the mask 0, twice.
    private mutating func drawFormat() {
        let format = 0x77C4
        for bit in 0..<15 {
            let dark = format >> bit & 1 == 1
            switch bit {
            case 0..<6: fix(8, bit, dark)
            case 6, 7: fix(8, bit + 1, dark)
            case 8: fix(7, 8, dark)
            default: fix(14 - bit, 8, dark)
            }
            if bit < 8 { fix(size - 1 - bit, 8, dark) } else { fix(8, size - 15 + bit, dark) }
        }
        fix(8, size - 8, true)
    }

    /// Draws codewords in columns of two, from the right to the left, up and down by turns.
    private mutating func draw(_ codewords: [UInt8]) {
        var bit = 0
        for column in stride(from: size - 1, to: 0, by: -2).map({ $0 > 6 ? $0 : $0 - 1 }) {
            for step in 0..<size {
                let y = (column + 1) & 2 == 0 ? size - 1 - step : step
                for x in [column, column - 1] where !isFixed[y * size + x] {
                    let isSet = bit < codewords.count * 8 && codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
                    isDark[y * size + x] = isSet != (x + y).isMultiple(of: 2)
                    bit += 1
                }
            }
        }
    }
}
