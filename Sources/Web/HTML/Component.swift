/// A part of pages that is written as HTML.
package protocol Component: Sendable {
    var html: HTML { get }
}
