/// The rule by which the certificate of a server is trusted.
package enum CertificateTrust: Equatable, Sendable {
    /// It has the name of the host, and an authority that this machine trusts has signed it.
    case machine
    /// It is the first certificate of a file in PEM, whatever names and dates it has.
    case file(String)
    /// Any is taken: for questions that send no secret.
    case any
}
