/// The shape of the binary tree at the start of a MaxMind DB file.
struct SearchTree {
    /// The number of nodes.
    let nodes: Int
    /// The bytes of a node, which has two records.
    private let width: Int

    /// - Parameters:
    ///   - nodes: The number of nodes.
    ///   - recordSize: The bits of a record: 24, 28 or 32; nil is returned for others.
    init?(nodes: Int, recordSize: Int) {
        guard [24, 28, 32].contains(recordSize), (1...Int(UInt32.max)).contains(nodes) else { return nil }
        self.nodes = nodes
        width = recordSize / 4
    }

    /// The bytes of the tree.
    var size: Int { nodes * width }

    /// Calls a function with the position in the data section of every record that points to a value.
    ///
    /// - Parameters:
    ///   - file: The whole file, which contains the tree.
    ///   - found: Called with each position, some of them many times.
    /// - Throws: The failure of `found`.
    func forEachValue(
        in file: Span<UInt8>,
        _ found: (Int) throws(GeoFailure) -> Void
    ) throws(GeoFailure) {
        for node in 0..<nodes {
            let (left, right) = records(at: node * width, in: file)
            if left > nodes { try found(left - nodes - MetadataSection.separator) }
            if right > nodes { try found(right - nodes - MetadataSection.separator) }
        }
    }

    private func records(at start: Int, in file: Span<UInt8>) -> (left: Int, right: Int) {
        func number(_ first: Int) -> Int {
            Int(file[start + first]) << 16 | Int(file[start + first + 1]) << 8 | Int(file[start + first + 2])
        }
        switch width {
        case 6: return (number(0), number(3))
        case 7:
            let shared = Int(file[start + 3])
            return ((shared & 0xF0) << 20 | number(0), (shared & 0x0F) << 24 | number(4))
        default: return (number(0) << 8 | Int(file[start + 3]), number(4) << 8 | Int(file[start + 7]))
        }
    }
}
