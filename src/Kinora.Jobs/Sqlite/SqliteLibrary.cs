using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Kinora.Jobs.Sqlite;

/// <summary>Leads the SQLite provider to the system's library, which the distribution patches; the one in the package would be old.</summary>
internal static class SqliteLibrary
{
    /// <summary>The oldest version that knows <c>RETURNING</c>: 3.35.</summary>
    private const int OldestVersion = 3_035_000;

    private static readonly string[] s_fileNames = OperatingSystem.IsMacOS()
        ? ["/opt/homebrew/opt/sqlite/lib/libsqlite3.dylib", "libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so", "sqlite3"];

    private static readonly Lazy<bool> s_loaded = new(Load);

    /// <summary>Loads the library once per process.</summary>
    /// <exception cref="SqliteLibraryException">It is missing or too old.</exception>
    internal static void EnsureLoaded() => _ = s_loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            RequireVersion(raw.sqlite3_libversion_number(), raw.sqlite3_libversion().utf8_to_string());
            return true;
        }
        catch (DllNotFoundException exception)
        {
            throw new SqliteLibraryException(
                "The system's SQLite library (libsqlite3.so.0) was not found. Install it, on Debian and Ubuntu: apt-get install libsqlite3-0", exception);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != "e_sqlite3")
            return 0;

        foreach (string fileName in s_fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out nint handle))
                return handle;
        }

        return 0;
    }

    internal static void RequireVersion(int number, string version)
    {
        if (number < OldestVersion)
            throw new SqliteLibraryException($"SQLite 3.35 or newer is needed; the system's libsqlite3 is {version}. Upgrade the package libsqlite3-0.");
    }
}
