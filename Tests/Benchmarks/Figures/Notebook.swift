import FoundationEssentials
import Load
import SystemPackage

/// Keeps what was measured, and says on standard error how far the run is.
actor Notebook {
    private(set) var measurements: [Measurement] = []
    private(set) var failures: [String] = []
    private let start = ContinuousClock.now
    private var expected = 0.0
    private var done = 0.0
    /// Of what is under way.
    private var step = 0.0

    /// About how long everything takes.
    func expect(seconds: Double) {
        expected = seconds
    }

    /// Says what comes now, about how long it takes, and how long the rest does.
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

    /// Takes note of something that must not be; the run goes on and fails in the end.
    func fail(_ text: String) {
        failures.append(text)
        say("WRONG: \(text)")
    }

    func say(_ text: String) {
        // Whoever looks at the progress may be gone.
        _ = try? FileDescriptor.standardError.writeAll(Array("\(text)\n".utf8))
    }
}
