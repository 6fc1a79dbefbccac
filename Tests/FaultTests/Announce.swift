import SystemPackage

/// Prints a line unbuffered, so that the progress is visible and survives an interrupted run.
func announce(_ text: String) {
    // The reader of the pipe may have ended; the run goes on.
    _ = try? FileDescriptor.standardOutput.writeAll("faults: \(text)\n".utf8)
}
