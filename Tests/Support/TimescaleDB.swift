import Foundation
import Testing

/// Cancels the current test, or the current case of it, because TimescaleDB is not available here.
///
/// It says so on standard error, where `.ci/test` counts: the report of the tests has no line for a cancelled case.
package func cancelWithoutTimescaleDB(_ reason: String) throws -> Never {
    noteSkippedWithoutTimescaleDB(reason)
    try Test.cancel("\(reason)")
}

/// Notes a test that is skipped because TimescaleDB is not available here.
func noteSkippedWithoutTimescaleDB(_ reason: String) {
    let line = "skipped without TimescaleDB: \(Test.current?.name ?? ""): \(reason)\n"
    FileHandle.standardError.write(Data(line.utf8))
}
