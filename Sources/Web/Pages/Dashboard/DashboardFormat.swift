/// The format of the rows of a panel in a file; the raw value is the ending of its name.
package enum DashboardFormat: String, Sendable, CaseIterable { case csv, json }
