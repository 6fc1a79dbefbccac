package import Analytics

/// A stored hit, as a part is built from it; its texts are codes of a lexicon, of which 0 is no value.
package struct HitRow: Sendable {
    package var time: Timestamp
    /// The visitor, or the user whom the visitor is known to be.
    package var visitor: Visitor?
    /// True if the visitor is one of a date, and not known to be a user.
    package var isDated = false
    package var isInteractive = false
    package var codes = Codes()
    /// The greatest depth of scrolling so far, in per cent.
    package var scroll: Int16?
    /// The time that the page was visible since the last report, in milliseconds.
    package var engaged: Int32?
    package var value: Amount?
    /// The properties, as a JSON object.
    package var props: String?

    /// The codes of the texts of a hit.
    package struct Codes: Hashable, Sendable {
        package var name: UInt32 = 0
        package var host: UInt32 = 0
        package var path: UInt32 = 0
        package var title: UInt32 = 0
        package var place: UInt32 = 0
        package var agent: UInt32 = 0
        package var origin: UInt32 = 0
        package var currency: UInt32 = 0

        package init() {}
    }

    package init(time: Timestamp) { self.time = time }
}
