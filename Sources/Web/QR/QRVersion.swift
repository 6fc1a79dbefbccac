/// A size of QR codes with the error correction L (ISO/IEC 18004), of those whose blocks are all of one length.
struct QRVersion {
    let number: Int
    let blocks: Int
    /// The codewords of data in each block.
    let data: Int
    /// The codewords of correction in each block.
    let correction: Int
    /// The places of the centres of alignment patterns, in both directions.
    let alignments: [Int]
    /// The number of the version with its correction, which versions from 7 on show; 0 before.
    let mark: Int

    /// The modules of a side.
    var size: Int { number * 4 + 17 }

    /// The smallest version for this many bytes; nil if there is none.
    static func smallest(for count: Int) -> QRVersion? {
        // The kind, the count and the end take two bytes.
        all.first { $0.blocks * $0.data >= count + 2 }
    }

    private static let all = [
        QRVersion(number: 1, blocks: 1, data: 19, correction: 7, alignments: [], mark: 0),
        QRVersion(number: 2, blocks: 1, data: 34, correction: 10, alignments: [6, 18], mark: 0),
        QRVersion(number: 3, blocks: 1, data: 55, correction: 15, alignments: [6, 22], mark: 0),
        QRVersion(number: 4, blocks: 1, data: 80, correction: 20, alignments: [6, 26], mark: 0),
        QRVersion(number: 5, blocks: 1, data: 108, correction: 26, alignments: [6, 30], mark: 0),
        QRVersion(number: 6, blocks: 2, data: 68, correction: 18, alignments: [6, 34], mark: 0),
        QRVersion(number: 7, blocks: 2, data: 78, correction: 20, alignments: [6, 22, 38], mark: 0x07C94),
        QRVersion(number: 8, blocks: 2, data: 97, correction: 24, alignments: [6, 24, 42], mark: 0x085BC),
        QRVersion(number: 9, blocks: 2, data: 116, correction: 30, alignments: [6, 26, 46], mark: 0x09A99),
    ]
}
