/// The end of a MaxMind DB file, which describes it.
struct MetadataSection {
    /// The longest section, in bytes.
    static let longest = 128 << 10
    /// The bytes before it.
    static let mark: [UInt8] = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
    /// The zero bytes between the search tree and the data.
    static let separator = 16
    /// The longest text that is taken, in bytes.
    private static let longestText = 1_000
    /// The last second of the year 9999.
    private static let latest = 253_402_300_799

    let metadata: GeoMetadata
    let tree: SearchTree
    /// The bytes of the data section.
    let data: Range<Int>

    /// Reads the section of a file.
    ///
    /// - Parameters:
    ///   - end: The last bytes of the file: all of it, or at least `longest` and the mark.
    ///   - fileSize: The size of the file.
    /// - Throws: `GeoFailure.notADatabase` or `damaged`.
    init(endOfFile end: Span<UInt8>, fileSize: Int) throws(GeoFailure) {
        guard let start = Self.start(in: end) else { throw .notADatabase }
        var values = try Values(end.extracting(start...))
        let members = try values.members(at: 0)
        guard values.number(members["binary_format_major_version"]) == 2 else {
            throw .damaged("its format is not version 2")
        }
        guard let version = values.number(members["ip_version"]), version == 4 || version == 6 else {
            throw .damaged("its ip_version is not 4 or 6")
        }
        guard let type = values.text(members["database_type"]), !type.isEmpty else {
            throw .damaged("its database_type is missing")
        }
        guard let builtAt = values.number(members["build_epoch"]), builtAt <= Self.latest else {
            throw .damaged("its build_epoch is no time")
        }
        guard let nodes = values.number(members["node_count"]), let bits = values.number(members["record_size"]),
            let tree = SearchTree(nodes: nodes, recordSize: bits)
        else { throw .damaged("its node_count or record_size is wrong") }
        let descriptions = try values.members(at: members["description"] ?? -1)
        metadata = GeoMetadata(
            type: type,
            builtAt: builtAt,
            nodes: nodes,
            ipVersion: version,
            description: values.text(descriptions["en"])
        )
        let data = (tree.size + Self.separator, fileSize - end.count + start - Self.mark.count)
        guard data.0 <= data.1 else { throw .damaged("its search tree is not complete") }
        self.tree = tree
        self.data = data.0..<data.1
    }

    /// The position behind the last mark.
    private static func start(in end: Span<UInt8>) -> Int? {
        guard end.count > mark.count else { return nil }
        return (mark.count..<end.count).reversed().first { position in
            mark.indices.allSatisfy { end[position - mark.count + $0] == mark[$0] }
        }
    }

    /// The values of the section.
    private struct Values {
        private let bytes: [UInt8]
        private var check: DataCheck

        /// - Throws: `GeoFailure.damaged`, also if there is no map at the start.
        init(_ section: Span<UInt8>) throws(GeoFailure) {
            let bytes = section.indices.map { section[$0] }
            var check = DataCheck(size: bytes.count)
            try check.check(valueAt: 0, in: bytes.span)
            self.bytes = bytes
            self.check = check
            guard DataField(at: 0, in: bytes.span)?.kind == .map else { throw .damaged("it does not describe itself") }
        }

        /// The positions of the members of a map; none if there is no map at the position.
        mutating func members(at position: Int) throws(GeoFailure) -> [String: Int] {
            guard let map = field(at: position), map.kind == .map else { return [:] }
            let bytes = bytes
            var members: [String: Int] = [:]
            var next = map.end
            for _ in 0..<map.size {
                let key = text(next)
                let value = try check.end(ofValueAt: next, in: bytes.span)
                if let key { members[key] = value }
                next = try check.end(ofValueAt: value, in: bytes.span)
            }
            return members
        }

        /// The value at a position, or the one that it points to.
        private func field(at position: Int) -> DataField? {
            guard let field = DataField(at: position, in: bytes.span) else { return nil }
            return field.kind == .pointer ? DataField(at: field.size, in: bytes.span) : field
        }

        func text(_ position: Int?) -> String? {
            guard let field = position.flatMap(field(at:)), field.kind == .text, field.size <= longestText,
                field.end <= bytes.count - field.size
            else { return nil }
            return String(validating: bytes[field.end..<field.end + field.size], as: UTF8.self)
        }

        func number(_ position: Int?) -> Int? {
            guard let field = position.flatMap(field(at:)) else { return nil }
            switch field.kind {
            case .uint16, .uint32, .uint64:
                guard field.size <= 8, field.end <= bytes.count - field.size else { return nil }
                let content = bytes[field.end..<field.end + field.size]
                return Int(exactly: content.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
            default: return nil
            }
        }
    }
}
