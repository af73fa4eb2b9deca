using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shanmen.Platform.Secrets;

namespace Shanmen.Centre.Verbs;

/// <summary>
/// HTTPS for the park's own network: a local authority, made once and kept in the data folder, signs a certificate for
/// this machine's names and addresses. Phones trust it after they have opened the enrolment page.
/// </summary>
internal static class LocalNetwork
{
    private const int AuthorityYears = 10, CertificateDays = 397;

    public static void Listen(KestrelServerOptions kestrel, Settings settings)
    {
        var certificate = CertificateFor(settings);
        kestrel.ListenAnyIP(settings.HttpsPort, listen => listen.UseHttps(certificate));
    }

    /// <summary>A page and the authority's certificate, open to everybody: a phone cannot sign in before it trusts us.</summary>
    public static void MapEnrolment(WebApplication app, Settings settings)
    {
        app.MapGet("/enrol/authority.crt", () => Results.File(Authority(settings).Export(X509ContentType.Cert), "application/x-x509-ca-cert", "shanmen.crt")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/enrol", () => Results.Content(Page(Authority(settings)), "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }

    public static void PrintAddresses(Settings settings)
    {
        Console.WriteLine("\n  本地网络 / local network:");
        foreach (var address in Addresses()) Console.WriteLine($"    https://{address}:{settings.HttpsPort}/    手机首次请打开 / phones first open  https://{address}:{settings.HttpsPort}/enrol");
    }

    private static X509Certificate2 Authority(Settings settings)
    {
        var path = Path.Combine(settings.Store.DataFolder, "authority.pfx");
        if (File.Exists(path)) return X509CertificateLoader.LoadPkcs12FromFile(path, null, X509KeyStorageFlags.Exportable);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Shanmen local authority {Environment.MachineName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(AuthorityYears));
        KeyRing.Write(path, made.Export(X509ContentType.Pkcs12));
        return X509CertificateLoader.LoadPkcs12FromFile(path, null, X509KeyStorageFlags.Exportable);
    }

    private static X509Certificate2 CertificateFor(Settings settings)
    {
        using var authority = Authority(settings);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var address in Addresses()) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddDays(-1), now.AddDays(CertificateDays), RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    private static IEnumerable<IPAddress> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static string Page(X509Certificate2 authority) => $$"""
        <!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>山门 · 登记设备 / Enrol this device</title>
        <style>body{font:1.1rem/1.7 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#14241c}a.button{display:inline-block;background:#1f5a43;color:#fff;padding:.7rem 1.2rem;border-radius:.5rem;text-decoration:none}code{word-break:break-all}</style>
        <h1>登记这台设备</h1><p>安装本景区的证书后，摄像头扫码和离线功能才能使用。</p><p><a class="button" href="/enrol/authority.crt">下载证书</a></p>
        <ol><li>安卓：设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书。</li><li>苹果：下载后在 设置 → 已下载描述文件 安装，再到 通用 → 关于本机 → 证书信任设置 打开。</li></ol>
        <p>安装前请与管理员核对指纹：<br><code>{{authority.GetCertHashString(HashAlgorithmName.SHA256)}}</code></p>
        <h2 lang="en">Enrol this device</h2><p lang="en">Install the park's certificate so that the camera scanner works. Compare the fingerprint above with your administrator first.</p></html>
        """;
}
