import SystemPackage

/// Prints a line at once: what `print` gathers is gone when a run is ended by hand, and nobody sees how far it is.
func announce(_ text: String) {
    // Whoever should read it has left.
    _ = try? FileDescriptor.standardOutput.writeAll("faults: \(text)\n".utf8)
}
