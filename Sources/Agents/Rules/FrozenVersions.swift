/// The versions of systems that browsers send for all later ones too.
enum FrozenVersions {
    /// True if an agent may be of a later version of a system than it says.
    static func isFrozen(_ version: String, of system: String, in agent: String) -> Bool {
        switch system {
        // Also that of Windows 11.
        case SystemName.windows: version == "10"
        case SystemName.android: version == "10" && agent.contains("Android 10; K)")
        // Those before 10.15.7 are told by browsers of that time, in full.
        case SystemName.macOS: version == "10.15" && (agent.contains("10_15_7") || !agent.contains("10_15_"))
        case SystemName.chromeOS: version == "14541.0"
        default: false
        }
    }
}
