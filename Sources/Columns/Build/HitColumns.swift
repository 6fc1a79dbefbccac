import Analytics

/// The columns of hits.
struct HitColumns: Sendable {
    /// The times, in milliseconds since 1970.
    private(set) var times: [Int] = []
    private(set) var kinds: [HitKind] = []
    /// The codes of the texts, by column.
    private(set) var codes: [[UInt32]] = HitColumn.allCases.map { _ in [] }
    /// The depths of scrolling, in per cent; -1 for none.
    private(set) var scrolls: [Int16] = []
    /// The visible times, in milliseconds; -1 for none.
    private(set) var engaged: [Int32] = []
    /// The values, in millionths; nil for none. Without any value in the part there are no entries.
    private(set) var values: [Int?] = []

    var count: Int { times.count }

    mutating func reserve(_ count: Int) {
        times.reserveCapacity(count)
        kinds.reserveCapacity(count)
        scrolls.reserveCapacity(count)
        engaged.reserveCapacity(count)
        for column in codes.indices { codes[column].reserveCapacity(count) }
    }

    mutating func append(_ row: HitRow, _ kind: HitKind) {
        times.append(row.time.milliseconds)
        kinds.append(kind)
        for column in HitColumn.allCases { codes[column.rawValue].append(column.code(of: row.codes)) }
        scrolls.append(row.scroll ?? -1)
        engaged.append(row.engaged ?? -1)
        append(row.value)
    }

    private mutating func append(_ value: Amount?) {
        if values.isEmpty {
            guard value != nil else { return }
            values = Array(repeating: nil, count: times.count - 1)
        }
        values.append(value?.millionths)
    }

    /// The value of a hit, in millionths.
    func value(of hit: Int) -> Int? { values.isEmpty ? nil : values[hit] }
}

/// A column of codes.
enum HitColumn: Int, CaseIterable, Sendable {
    case name
    case host
    case path
    case title
    case place
    case agent
    case origin
    case props
    case currency

    func code(of codes: HitRow.Codes) -> UInt32 {
        switch self {
        case .name: codes.name
        case .host: codes.host
        case .path: codes.path
        case .title: codes.title
        case .place: codes.place
        case .agent: codes.agent
        case .origin: codes.origin
        case .props: codes.props
        case .currency: codes.currency
        }
    }
}
