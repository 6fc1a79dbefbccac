extension ClientHints {
    /// True on a phone, false on another device, nil if the hint is missing or neither.
    var isMobile: Bool? {
        guard let mobile else { return nil }
        var scanner = HintScanner(mobile)
        return switch scanner.text() {
        case "?1": true
        case "?0": false
        default: nil
        }
    }

    /// The name of the system; nil if it is none that browsers with hints run on.
    var os: String? {
        guard let platform else { return nil }
        var scanner = HintScanner(platform)
        return switch scanner.text() {
        case "Android": SystemName.android
        case "Chrome OS", "Chromium OS": SystemName.chromeOS
        case "Linux": SystemName.linux
        case "macOS": SystemName.macOS
        case "Windows": SystemName.windows
        default: nil
        }
    }

    /// The version of a system, as people know it; nil if it is not told.
    func version(of os: String) -> String? {
        guard let platformVersion else { return nil }
        var scanner = HintScanner(platformVersion)
        let numbers = VersionNumbers(scanner.text())
        guard let major = numbers.major else { return nil }
        switch os {
        // The number of its kernel, if any.
        case SystemName.linux: return nil
        case SystemName.windows:
            // The number of an interface of Windows. It is 0 before 10, where the agent has the version.
            if major >= 13 { return "11" }
            return (1...10).contains(major) ? "10" : nil
        // The agents of Android have one number without a second that is zero.
        case SystemName.android where numbers.minor == 0: return "\(major)"
        default: return major == 0 ? nil : numbers.text
        }
    }
}
