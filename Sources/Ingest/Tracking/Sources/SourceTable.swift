/// The sources that are known by their hosts, apps and names.
struct SourceTable: Sendable {
    /// A name of a source, as links carry it in `utm_source`.
    struct Name: Sendable {
        let source: TrafficSource
        /// True if the name is that of its advertisements.
        let isAdvertisement: Bool
    }

    private struct Host: Sendable {
        let source: TrafficSource
        /// True if hosts below are others.
        let isAlone: Bool
    }

    static let standard = SourceTable(parsing: text)

    private var hosts: [Substring: Host] = [:]
    /// Hosts without their top-level domain, under any of which they are the source.
    private var stems: [Substring: Host] = [:]
    private var apps: [Substring: TrafficSource] = [:]
    private var names: [Substring: Name] = [:]
    private var bytesOfLongest = 0

    /// Finds the source of a host in lower case without `www.`, by the longest end of it that is known.
    func source(ofHost host: Substring) -> TrafficSource? {
        let stemEnd = host.endOfStem
        for suffix in LabelSuffixes(of: host, upTo: bytesOfLongest) {
            let stem = stemEnd > suffix.startIndex ? stems[suffix[..<stemEnd]] : nil
            guard let found = hosts[suffix] ?? stem else { continue }
            if !found.isAlone || suffix.startIndex == host.startIndex { return found.source }
        }
        return nil
    }

    /// Finds the source of an Android app by its name in lower case.
    func source(ofApp app: Substring) -> TrafficSource? { apps[app] }

    /// Finds the source that a link names: by a host, or by a name in any case, in which blanks, `-` and `_` do not
    /// matter.
    func source(named text: String) -> Name? {
        let text = text.lowercased()
        if text.utf8.contains(UInt8(ascii: ".")), let source = source(ofHost: text.withoutWWW) {
            return Name(source: source, isAdvertisement: false)
        }
        let letters = text.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        return names[Substring(decoding: letters, as: UTF8.self)]
    }
}

extension SourceTable {
    /// Reads a table of one source a line, in four columns that `|` separates: its kind, its name, its hosts, and the
    /// names that links have for it.
    ///
    /// A host stands for all below it, unless `=` is before it; `.*` stands for any top-level domain, and `@` is before
    /// an Android app. `$` is behind a name of advertisements. Any number of lines may have the same source.
    private init(parsing text: String) {
        for line in text.split(separator: "\n") {
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            guard columns.count == 4 else { continue }
            let source = TrafficSource(name: String(columns[1]), kind: SourceKind(rawValue: String(columns[0])))
            for host in columns[2].split(separator: " ") { add(host, source) }
            for name in columns[3].split(separator: " ") {
                let isAdvertisement = name.hasSuffix("$")
                names[isAdvertisement ? name.dropLast() : name] = Name(source: source, isAdvertisement: isAdvertisement)
            }
        }
    }

    private mutating func add(_ written: Substring, _ source: TrafficSource) {
        if written.hasPrefix("@") {
            apps[written.dropFirst()] = source
            return
        }
        let isAlone = written.hasPrefix("=")
        let name = isAlone ? written.dropFirst() : written
        let host = Host(source: source, isAlone: isAlone)
        // The longest top-level domain is "com." and two letters.
        bytesOfLongest = max(bytesOfLongest, name.utf8.count + 5)
        if name.hasSuffix(".*") {
            stems[name.dropLast(2)] = host
        } else {
            hosts[name] = host
        }
    }
}

extension Substring {
    /// The end of a host without its top-level domain and the point before it; the start if there is no such domain.
    ///
    /// It is one label of two or three letters, or `co` or `com` and one of two.
    fileprivate var endOfStem: Index {
        guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")) else { return startIndex }
        let top = utf8[utf8.index(after: dot)...]
        guard (2...3).contains(top.count), top.allSatisfy({ (0x61...0x7A).contains($0) }) else { return startIndex }
        let rest = self[..<dot]
        guard top.count == 2, let before = rest.utf8.lastIndex(of: UInt8(ascii: ".")) else { return dot }
        let second = rest[rest.utf8.index(after: before)...]
        return second == "co" || second == "com" ? before : dot
    }
}
