import Schema
import Store
import SystemPackage

/// The state shared by all sections of a run.
struct Session: Sendable {
    let plan: Plan
    /// The directory for all files of a run except its results.
    let directory: FilePath
    let installation: Installation
    let notebook: Notebook

    func section(_ name: SectionName, _ flavour: Flavour) -> any Section {
        switch name {
        case .write: WriteSection(session: self, flavour: flavour)
        case .bulk: BulkSection(session: self, flavour: flavour)
        case .hits: HitsSection(session: self, flavour: flavour)
        case .pages: PagesSection(session: self, flavour: flavour)
        case .reports: ReportsSection(session: self, flavour: flavour)
        case .read: ReadSection(session: self, flavour: flavour)
        case .storage: StorageSection(session: self, flavour: flavour)
        case .servers: ServersSection(session: self, flavour: flavour)
        case .start: StartSection(session: self, flavour: flavour)
        }
    }
}
