/// Filters of a site that were saved under a name.
package struct Segment: Hashable, Sendable {
    package let id: SegmentID
    package let name: String
    /// The filters as queries write them, a JSON array.
    package let filters: String
    /// The number of the account that alone sees it; nil for one of everybody who may see the site.
    package let owner: Int?

    package init(id: SegmentID, name: String, filters: String, owner: Int? = nil) {
        self.id = id
        self.name = name
        self.filters = filters
        self.owner = owner
    }

    /// The refusal of a name.
    package static let formOfNames = "not 1 to 120 characters without control characters"

    /// True for the name that a segment may have.
    package static func isName(_ text: String) -> Bool {
        1...120 ~= text.unicodeScalars.count && !text.hasControlCharacters
    }
}

package typealias SegmentID = ID<Segment>
