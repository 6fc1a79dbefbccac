import FoundationEssentials
import Load
import SystemPackage

/// The measurements and failures of a run, whose progress it prints on standard error.
actor Notebook {
    private(set) var measurements: [Measurement] = []
    private(set) var failures: [String] = []
    private let start = ContinuousClock.now
    private var expected = 0.0
    private var done = 0.0
    /// The expected duration of the current step, in seconds.
    private var step = 0.0

    /// Sets the expected duration of the whole run.
    func expect(seconds: Double) {
        expected = seconds
    }

    /// Announces the next step, with its expected duration and the remaining time.
    func begin(_ text: String, seconds: Double) {
        done += step
        step = seconds
        let share = Int(min(99, 100 * done / max(expected, 1)))
        let rest = max(0, expected - done)
        let left = rest < 90 ? "\(rest.text(digits: 0)) s" : "\((rest / 60).text(digits: 0)) min"
        say("\(share) % (about \(left) left)  \(text)")
    }

    func note(_ measurement: Measurement) {
        measurements.append(measurement)
        say("    \(measurement.contender): \(measurement.text)")
    }

    /// Records a wrong result; the run continues, and fails in the end.
    func fail(_ text: String) {
        failures.append(text)
        say("WRONG: \(text)")
    }

    func say(_ text: String) {
        // The reader of the pipe may have ended; the run goes on.
        _ = try? FileDescriptor.standardError.writeAll(Array("\(text)\n".utf8))
    }
}
