package import Analytics
import FoundationEssentials
import Synchronization

extension SpoolingStore {
    /// The checks of the store behind this one and of the spool.
    ///
    /// An outage of the store behind counts as `degraded` while the spool accepts events: only questions are refused.
    package func checks() async -> [Check] {
        var checks = await store.checks()
        let own = spoolCheck
        for index in checks.indices where own.isWell && checks[index].severity == .unavailable {
            checks[index].severity = .degraded
        }
        checks.insert(own, at: 0)
        checks.insert(Check("spooled", .degraded, obstacle: unreadable), at: 1)
        checks.merge(Check(tasks: [delivery]))
        return checks
    }

    /// The check of the spool; it is minor, because a spool that accepts nothing matters only during an outage.
    private var spoolCheck: Check {
        Check(
            "spool",
            .minor,
            obstacle: spool.isBroken ? "the disk has failed" : spool.isFull ? "the spool is full" : nil,
            remark: remark,
            pending: spool.bytes,
            limit: spool.maximumBytes
        )
    }

    /// The reason that events in the spool cannot be delivered by this program; nil if there is none.
    private var unreadable: String? {
        if let layout = unknownLayout.withLock(\.self) { return "the spool has records of \(layout)" }
        return unreadableSetAside
    }

    private var remark: String? {
        let files = filesSetAside
        let aside = files.first.map { first in
            "the database cannot store what is in \(first)"
                + (files.count > 1 ? " and \(files.count - 1) other files" : "") + "; counts of its hours are not given"
        }
        let waiting = isCurrent ? nil : "events wait here for the database; until then no counts are given"
        let remarks = [waiting, aside].compactMap(\.self)
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }
}
