package import Analytics
import HTTP

/// Filters that are kept: those of a share link, with which every question is answered that comes by it, and those of a
/// segment.
package struct SavedFilters: Sendable, Hashable {
    /// A text that is no such filter, with the reason.
    package struct Invalid: Error, CustomStringConvertible {
        package let description: String
    }

    package let filters: [Filter]

    /// Reads filters as the parameter `filter` of `GET /api/v1/stats` writes them, such as `country==DE`.
    ///
    /// - Parameter texts: The filters, all of which a hit has to meet.
    /// - Throws: `Invalid`
    package init(_ texts: [String]) throws(Invalid) {
        do throws(QueryRefusal) {
            let written = try texts.map { text throws(QueryRefusal) in try FilterText.filter(text) }
            // They are kept as queries have them, so their reader has to take them.
            filters = try FilterReader.filters(JSONValue(Self.json(of: written).utf8))
        } catch {
            throw Invalid(description: error.detail)
        }
        try check()
    }

    /// Reads filters as `POST /api/v2/query` has them.
    ///
    /// - Parameter text: A JSON array.
    /// - Throws: `Invalid`
    package init(text: String) throws(Invalid) {
        guard let value = JSONValue(text.utf8) else { throw Invalid(description: "not a JSON array") }
        try self.init(value)
    }

    /// Reads filters as `POST /api/v2/query` has them.
    ///
    /// - Parameter value: An array.
    /// - Throws: `Invalid`
    init(_ value: JSONValue) throws(Invalid) {
        do throws(QueryRefusal) { filters = try FilterReader.filters(value) } catch {
            throw Invalid(description: error.detail)
        }
        try check()
    }

    private func check() throws(Invalid) {
        guard !filters.flatMap(\.tests).contains(where: { $0.dimension == .goal }) else {
            throw Invalid(description: "a goal may be removed, so filters that are kept cannot name one")
        }
    }

    /// Reads filters that have been kept; nil if this program does not understand them.
    init?(json: String) {
        guard let value = JSONValue(json.utf8), let filters = try? FilterReader.filters(value) else { return nil }
        self.filters = filters
    }

    /// The filters as queries write them, a JSON array.
    package var json: String { Self.json(of: filters) }

    private static func json(of filters: [Filter]) -> String {
        "[" + filters.map(\.json.description).joined(separator: ",") + "]"
    }
}
