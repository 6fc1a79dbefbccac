/// A question about the pages that visits view right before and after some page.
///
/// The views of the page are those of the period that pass the filters. Their neighbours in the visit count whatever they
/// are: a view of the same page as well, and also one outside of the period. Views of a moment that are equal but for
/// their titles and properties have the same neighbours.
package struct PathQuery: Hashable, Sendable {
    /// The hits among which the views of the page are; it has the limit and offset of both lists.
    package var selection: Query
    /// The page as reports name it; `*` stands for any text.
    package var page: String

    /// - Parameters:
    ///   - selection: The hits; its dimensions are replaced.
    ///   - page: The page.
    package init(_ selection: Query, page: String) {
        self.selection = selection
        self.selection.dimensions = [.hit(.page)]
        self.page = page
    }
}
