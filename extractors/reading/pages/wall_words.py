# ruff: noqa: E501 (the phrases are data: one language a line)
"""What pages say that stand where an article should be, in the languages of the press."""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


NOT_FOUND = _any(
    r"(?:seite|artikel|inhalt)\b.{0,40}\b(?:nicht (?:gefunden|vorhanden|mehr verfügbar|verfügbar)|existiert nicht|gibt es nicht)",
    r"(?:page|article|contenu)\b.{0,40}\b(?:introuvable|n'existe (?:pas|plus)|n’existe (?:pas|plus)|n'est plus disponible|non trouvée?)",
    r"(?:página|articulo|artículo|contenido)\b.{0,40}\b(?:no (?:existe|encontrad[ao]|se (?:ha )?enc(?:uentra|ontr(?:ado|ó))|está disponible)|no disponible)",
    r"(?:página|artigo|conteúdo)\b.{0,40}\b(?:não (?:encontrad[ao]|existe|está disponível)|indisponível)",
    r"pagina\b.{0,40}\b(?:non (?:trovata|esiste|è disponibile)|niet gevonden|bestaat niet)",
    r"(?:strona|artykuł)\b.{0,40}\bnie (?:istnieje|została znaleziona|znalezion[ay])|nie znaleziono strony",
    r"(?:страниц\w+|материал|документ)\b.{0,40}\b(?:не (?:найден[ао]?|существует)|(?:был[ао]? )?удал[её]н[ао]?)|(?:сторінк\w+)\b.{0,40}\bне (?:знайдено|існує)",
    r"sayfa bulunamadı|aradığınız sayfa|الصفحة.{0,30}(?:غير موجودة|لم يتم العثور)|صفحه.{0,30}(?:یافت نشد|وجود ندارد)",
    r"找不到(?:您|你)?.{0,10}(?:页面|頁面)|(?:页面|頁面|网页|網頁)(?:不存在|未找到|已(?:被)?删除)|ページ(?:は|が)?(?:見つかりません|存在しません)|페이지(?:를|가) (?:찾을 수 없|존재하지 않)|ไม่พบหน้า",
)
CONSENT = _any(
    r"(?:unsere|mit unseren|nos|nuestros|i nostri|nossos|onze|naszych|nasi|наши(?:ми)?) (?:\d[\d .]* )?(?:partner\w*|partenaires|socios|parceiros|партн[её]р\w*|zaufani\w*)",
    r"(?:cookies?|куки|кукі|çerez\w*|クッキー|쿠키)",
    r"alle(?:s)? (?:akzeptieren|ablehnen|annehmen)|zustimmen und weiter|ihre (?:privatsphäre|daten)|datenschutz(?:einstellungen|erklärung)?|einwilligung",
    r"tout (?:accepter|refuser)|accepter (?:et (?:fermer|continuer)|tous)|continuer sans accepter|votre vie privée|données personnelles|consentement",
    r"(?:aceptar|rechazar) (?:todo|todas|y continuar)|su privacidad|datos personales|consentimiento|(?:gestionar|configurar) (?:sus |las )?(?:preferencias|cookies|opciones)",
    r"(?:aceitar|rejeitar) tudo|sua privacidade|dados pessoais|(?:accetta|rifiuta) (?:tutto|tutti)|la tua privacy|dati personali|alles (?:accepteren|weigeren)",
    r"(?:akceptuj|odrzuć) wszystk\w+|twoj\w+ prywatnoś\w+|принять вс[её]|отклонить вс[её]|персональных данных|tümünü (?:kabul et|reddet)|kişisel veri",
)
CHALLENGE = _any(
    r"press (?:&|&amp;|and) hold|(?:confirm|prove|verify)\b.{0,30}\b(?:you(?:'re| are)|not a) .{0,12}(?:human|robot|bot)\b|i(?:'| a)m not a robot|slide (?:right|to) .{0,20}(?:secure|verify|complete)",
    r"captcha|(?:ray|reference|incident|request|event|support) ?id\b\W{0,3}[\w-]{4,}|security (?:check|verification)|bot (?:protection|detection|management)|automated (?:requests|access|traffic|queries)|datadome|perimeterx|cloudflare|akamai|imperva|kasada",
    r"access denied|zugriff (?:verweigert|wurde verweigert)|accès (?:refusé|interdit)|acceso denegado|accesso negato|acesso negado|доступ (?:запрещ[её]н|ограничен)|odmowa dostępu|dostęp zabroniony|erişim engellendi|访问被拒绝|アクセスが拒否|접근이 거부",
    r"(?:sind sie ein|êtes-vous un|es usted un|você é um|sei un|вы не) (?:mensch|humain|humano|umano|robot|робот)|kein roboter|pas un robot|no (?:soy|eres) un robot|non sono un robot|nie jestem robotem|не робот|ボットではない|我不是机器人|人机验证",
)
PAYWALL = _any(
    r"(?:jetzt|hier|sofort) weiterlesen|weiterlesen mit|(?:diese[rn]?|der) (?:artikel|beitrag|text|inhalt) ist (?:exklusiv|nur|kostenpflichtig)|nur für abonnenten|(?:bereits|schon) (?:ein )?abo(?:nnent)?|\bplus-?artikel|jetzt (?:testen|abonnieren|registrieren)|(?:abo|angebot).{0,40}(?:monat|woche).{0,20}(?:€|euro)",
    r"(?:la suite|cet article|ce contenu|l'article complet) (?:est )?(?:est )?réservé\w*|réservé\w* (?:à nos |aux )?abonné|pour lire la suite|abonnez-vous|déjà abonné|il (?:vous )?reste \d+ ?% de cet article|s'abonner pour",
    r"(?:contenido|artículo|noticia) (?:exclusiv[ao]|sol[ao]|reservad[ao]) para (?:suscriptores|socios)|(?:solo|exclusivo) para suscriptores|suscríb[ae](?:te|se)|ya (?:es|eres) suscriptor|para (?:seguir|continuar) leyendo|hazte (?:socio|premium)",
    r"(?:exclusivo|conteúdo|só) para assinantes|já (?:é|sou) assinante|para continuar lendo|assine (?:agora|já|para)|(?:contenuto|articolo) riservato (?:agli|ai|a) abbonat\w+|sei già abbonato|abbonati (?:per|ora|subito)|per continuare a leggere",
    r"(?:artykuł|treść) (?:tylko )?(?:dostępn\w+|przeznaczon\w+) (?:tylko )?dla (?:prenumeratorów|subskrybentów)|pozostało \d+ ?% (?:treści|artykułu)|alleen voor abonnees|lees verder met|al abonnee|kun for abonnenter|läs vidare med|allerede abonnent",
    r"(?:доступ\w*|материал|полный текст|статья)\b.{0,40}(?:только )?(?:для|по) (?:подписчик\w+|подписке)|оформ(?:ите|ить) подписку|уже (?:есть подписка|подписаны)|чтобы (?:читать|прочитать) дальше|читайте (?:продолжение|далее) по подписке",
    r"(?:本文|この記事|記事の続き|続き)(?:は|を).{0,16}(?:有料|会員|ログイン|購読)|有料会員限定|会員限定|(?:订阅|訂閱)(?:后|後)?.{0,8}(?:阅读|閱讀)|付费(?:阅读|内容)|구독(?:자|하고|하시면)|للمشتركين فقط|اشترك (?:الآن|للقراءة)|aboneler(?:e|in) özel",
)
ERROR = _any(
    r"something (?:went|has gone) wrong|(?:an )?(?:unexpected|internal|server|application) error|error (?:reference|code|id)\b|(?:please )?try again (?:later|in a few)|temporarily unavailable|service unavailable|(?:under|scheduled|planned) maintenance|down for maintenance|be back (?:soon|shortly)|bad gateway|gateway time-?out|experiencing (?:technical|some) (?:difficulties|problems)",
    r"(?:etwas|da) ist (?:etwas )?schief ?gelaufen|ein (?:unerwarteter |interner )?fehler ist aufgetreten|(?:versuchen sie es|bitte) (?:später|in kürze) (?:erneut|noch ?(?:ein)?mal|wieder)|wartungsarbeiten|gerade gewartet|vorübergehend nicht (?:erreichbar|verfügbar)|technische störung",
    r"une erreur (?:est survenue|s'est produite|inattendue)|(?:veuillez )?réessay(?:er|ez) (?:plus tard|ultérieurement)|en (?:cours de )?maintenance|momentanément indisponible|ha (?:ocurrido|habido) un error|algo (?:ha salido|salió|deu) (?:mal|errado)|(?:inténtelo|intente|vuelva a intentarlo|tente).{0,20}(?:más tarde|novamente)|en mantenimiento|em manutenção",
    r"si è verificato un errore|riprova(?:re)? più tardi|in manutenzione|wystąpił błąd|spróbuj ponownie później|trwają prace (?:techniczne|konserwacyjne)|przerwa techniczna",
    r"что-то пошло не так|произошла (?:непредвиденная )?ошибка|попробуйте (?:ещ[её] раз )?(?:позже|обновить)|(?:ведутся|идут) технические работы|технически[ех] работ|временно недоступ\w+|щось пішло не так|спробуйте пізніше|bir (?:hata|sorun) oluştu|daha sonra tekrar",
    r"حدث خطأ|يرجى المحاولة (?:مرة أخرى|لاحقا)|خطایی رخ داد|出错了|發生錯誤|请稍后(?:再试|重试)|系统维护|メンテナンス中|エラーが発生|しばらくしてから|오류가 발생|잠시 후 다시|점검 중",
)
PARKED = _any(
    r"(?:this |the )?domain(?: name)? (?:\S+ )?(?:is|may be) (?:for sale|parked|available for purchase|registered)|buy this domain|domain (?:parking|has expired)|(?:diese |die )?domain (?:\S+ )?(?:steht zum verkauf|ist zu verkaufen|kaufen)|(?:ce |le )?(?:nom de )?domaine (?:\S+ )?est (?:à vendre|en vente)|(?:este )?dominio (?:\S+ )?está (?:en venta|à venda)|домен (?:\S+ )?(?:прода[её]тся|припаркован)|域名(?:出售|转让)|default web (?:page|site)|apache2? .{0,20}default page|welcome to nginx",
)
