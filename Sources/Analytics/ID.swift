/// The number by which the database knows a thing of one kind; an `ID<Site>` is no `ID` of anything else.
package struct ID<Of>: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }
}
