using System.Text.RegularExpressions;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>
/// The grammar of image names as Docker reads them: <c>[registry[:port]/]path[:tag][@digest]</c>
/// (github.com/distribution/reference, reference.go).
/// </summary>
internal static partial class ImageReference
{
    private const int LongestName = 255;
    private const string Expectation = "expected [registry[:port]/]path[:tag][@digest], such as busybox, registry:5000/team/app:1.2 or app@sha256:…";

    /// <summary>What is wrong with it, or <see langword="null"/>.</summary>
    public static string? FaultOf(string? image)
    {
        if (string.IsNullOrEmpty(image))
            return $"expected an image, found {(image is null ? "null" : "an empty text")}";
        if (image.Length > SpecLimits.ImageLength)
            return $"{image.Length} characters are too many for an image: expected at most {SpecLimits.ImageLength}";

        var match = Reference().Match(image);
        if (!match.Success)
            return $"{Quoted.Of(image)} is not an image: {Expectation}";

        return NameFault(image, match.Groups["name"].Value) ?? DigestFault(match.Groups["digest"].Value);
    }

    private static string? NameFault(string image, string name)
    {
        if (name.Length > LongestName)
            return $"the name of the image has {name.Length} characters: expected at most {LongestName}";

        // What comes before the first slash is a registry only if it looks like a host.
        var slash = name.IndexOf('/');
        var head = slash < 0 ? "" : name[..slash];
        var isRegistry = head.Length > 0 && (head.AsSpan().ContainsAny('.', ':') || head == "localhost" || head.Any(char.IsAsciiLetterUpper));
        if (isRegistry && !Registry().IsMatch(head))
            return $"{Quoted.Of(head)} in {Quoted.Of(image)} is not a registry: expected a host name or address, and a port after a colon where wanted";

        var path = isRegistry ? name[(slash + 1)..] : name;
        if (path.Any(char.IsAsciiLetterUpper))
            return $"{Quoted.Of(path)} in {Quoted.Of(image)} has capital letters: expected lower case (only a tag may have capitals)";
        return Path().IsMatch(path) ? null : $"{Quoted.Of(path)} in {Quoted.Of(image)} is not a repository's path: {Expectation}";
    }

    private static string? DigestFault(string digest) =>
        digest.Length == 0 || Digest().IsMatch(digest)
            ? null
            : $"{Quoted.Of(digest)} is not a digest: expected sha256: and 64 lower-case hexadecimal digits";

    // Splits at the last colon that is followed by no slash; a port is always followed by one.
    [GeneratedRegex(@"^(?<name>[^@\s]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>\S+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Registry();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
