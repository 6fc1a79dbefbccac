/// The content of a page, which a `Frame` completes to a document.
package protocol Page: Sendable {
    /// The title, for the window and the history of the browser.
    var title: String { get }
    /// The part of the navigation that the page belongs to.
    var place: Place { get }
    /// The notices that stand before the content.
    var notices: [Notice] { get }
    /// The scripts that only this page loads.
    var scripts: [PageAsset] { get }
    /// The content of the element `main`.
    func content(_ links: Links) -> HTML
}

extension Page {
    package var notices: [Notice] { [] }
    package var scripts: [PageAsset] { [] }
}
