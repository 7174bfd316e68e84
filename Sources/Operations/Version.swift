/// The one version string: of `--version`, of the header `taperelay-worker-version`, of refusals.
package enum Version {
    package static let current = "0.1.0"
}
