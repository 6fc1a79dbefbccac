/// The layouts of bytes that outlive the program that wrote them: records of spools, and batches for other servers.
///
/// A layout that is read for the first time by an older program is no damage: the bytes are kept, and the program says
/// which layout it met.
package enum StoredLayout {
    /// Events without a site, and requests without a fingerprint.
    package static let first: UInt8 = 1
    /// Events without a site.
    package static let fingerprints: UInt8 = 2
    /// The first layout of rows that are described by columns.
    package static let firstOfColumns: UInt8 = 3
    /// Entries have identities, and hits have devices.
    package static let identities: UInt8 = 4
    /// The layout that this program writes.
    package static let current: UInt8 = 4

    /// Bytes are of a layout that this program does not know.
    package struct Unknown: Error, Hashable, CustomStringConvertible {
        package let layout: UInt8

        package init(layout: UInt8) {
            self.layout = layout
        }

        package var description: String {
            "layout \(layout), and this program knows \(StoredLayout.current) at most: run the newer hourglass again"
        }
    }
}
