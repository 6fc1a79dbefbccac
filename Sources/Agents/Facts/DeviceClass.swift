/// A class of devices; the raw value is its text.
package enum DeviceClass: String, CaseIterable, Sendable {
    case desktop, phone, tablet, tv, console
}
