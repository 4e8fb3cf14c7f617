# ruff: noqa: E501, SIM905 (one pattern a line, word lists as words: it is data)
"""The words of page furniture, as data: a line that consists of one of these is no part of an article.

Every pattern must match the whole line (white space folded, quotes and dashes plain, case ignored); the groups of
lines are ordered by how much context they need before ``furniture`` believes them.
"""

import re

LANGUAGE_NAMES = frozenset(
    "english français francais deutsch español espanol português portugues italiano русский українська 中文 简体中文 "
    "繁體中文 繁体中文 日本語 한국어 العربية فارسی türkçe turkce polski čeština nederlands svenska suomi ελληνικά "
    "हिन्दी bahasa indonesia tiếng việt ไทย монгол қазақша беларуская srpski hrvatski română magyar български "
    "korean japanese chinese russian french german spanish arabic ukrainian persian turkish portuguese italian".split()
)
LANGUAGE_CODES = frozenset(
    "ar be bg bn cn cs cz da de dk ee el en eng es esp et fa fi fr fra ger he hi hr hu id it ita ja jp jpn ka kk ko kor "
    "kr lt lv mn ms nl no pl por pt ro rs ru rus sk sl sp sr sv sw ta th tr ua uk ukr ur uz vi vn zh".split()
)

AGENCY = (
    r"(?:ap|afp|epa(?:-efe)?|efe|reuters|getty(?: images)?|gettyimages|anadolu(?: agency)?|tass|itar-tass|sputnik|ria novosti"
    r"|yonhap(?: news)?|newsis|kyodo(?: news)?|jiji(?: press)?|xinhua|kcna(?: vis)?|cna|upi|dpa|ansa|pti|ani|bloomberg"
    r"|shutterstock|alamy|istock|zuma(?: press)?|sipa(?: usa)?|nurphoto|imago|picture alliance|ukrinform|interfax|cctv"
    r"|korea times|pool|handout|wikimedia(?: commons)?|flickr|unsplash|pexels|us navy|dvids)"
)

PLATFORM = r"(?:x|twitter|facebook|telegram|instagram|youtube|google news|whatsapp|linkedin|threads|vk|bluesky|tiktok|rss|apple news|flipboard|viber|weibo|mastodon)"
WORK = r"(?:additional |with |further )?(?:reporting|writing|editing|graphics?|translation|compiled|translated|edited|research|writing and editing|editing and writing)"
NAMES = r"(?-i:[A-Z][\w.'-]*(?:,? (?:[A-Z][\w.'-]*|and|in|for|from|of|the|de|van|von|al|bin|&))*)"

# certain wherever they stand: nobody writes such a line as a paragraph
CERTAIN: tuple[tuple[str, str], ...] = (
    ("social", r"follow us(?: on\b.{0,80}|\W*)"),
    (
        "social",
        r"(?:follow|find|join|like|watch|add|connect with) [\w .'-]{2,40} (?:on|at|via) " + PLATFORM + r"\b.{0,80}",
    ),
    (
        "social",
        r"(?:share|tweet|retweet|share this(?: (?:article|story|post|page|news|video))?|share (?:on|via) "
        + PLATFORM
        + r"|share with (?:friends|others)|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|vk|line|kakao ?talk|weibo|copy link|email(?: this)?|e-mail|print(?: this(?: page| article)?)?|save|bookmark|listen|like|subscribe|log ?in|sign ?in|sign ?up|register|menu|search|home|close|skip to (?:main )?content|back to top|advertise(?: with us)?)",
    ),
    (
        "social",
        r"(?:(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|email|e-mail|print|share|copy link|vk|line|kakao ?talk|tweet|save|weibo|messenger|flipboard|instagram|youtube)[\s|,/·•]*){2,}",
    ),
    (
        "advert",
        r"[-\[(]*\s*(?:advertisement|advertising|advertisment|ad|ads|sponsored(?: content)?|promoted(?: content)?|paid post|story continues(?: below)?(?: (?:the )?advertisement)?|article continues (?:below|after)(?: (?:this|the) (?:ad|advertisement))?|continue reading(?: (?:the main story|below))?|scroll (?:down )?to continue(?: reading)?|this story continues below)\s*[-\])]*",
    ),
    (
        "advert",
        r"(?:sign up|register) (?:for|to|here|now|today|free)\b.{0,160}(?:newsletters?|e-?mail|alerts?|inbox|updates?|account|briefing)\b.{0,60}",
    ),
    (
        "advert",
        r"(?:subscribe|become a (?:member|subscriber)|support (?:our|independent) journalism|donate)(?: (?:to|now|today|here|for)\b)?.{0,120}(?:newsletters?|youtube|channel|podcast|telegram|e-?mail|inbox|unlimited|subscription|subscribers?|journalism|a month|paper|magazine)\b.{0,60}",
    ),
    ("advert", r"(?:get|download|install) (?:the|our) .{0,40}\bapp\b.{0,80}"),
    (
        "advert",
        r"(?:get|receive) (?:the latest|our|all the|breaking|more) .{0,60}(?:newsletter|inbox|notifications?|e-?mail)\b.{0,80}",
    ),
    (
        "advert",
        r"stay (?:up to date|informed|tuned|connected) (?:with|by|on) .{0,60}(?:newsletter|app|channel|alerts|telegram|twitter|facebook)\b.{0,60}",
    ),
    ("time", r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:utc|gmt|[a-z]{2,4}t))?"),
    (
        "toolbar",
        r"(?:listen to (?:this )?(?:article|story)|(?:reading time:? )?\d{1,2}[- ]?min(?:ute)?s?(?: (?:read|of reading|listen|watch))?|reading time:? .{0,20}|text size.{0,20}|font size.{0,20}|a[+-](?: a[+-])*|\d[\d,.]*k? (?:views|shares|likes|retweets|reads)|loading\W*|please wait\W*|read aloud|play video|watch now|expand|collapse|show more|show less|view (?:gallery|image|full (?:image|size))|gallery|\d+ (?:of|/) \d+|next|previous|prev)",
    ),
    ("comments", r"please (?:let us know|tell us) if you(?:'re| are) having (?:issues|problems|trouble) .{0,60}"),
    (
        "comments",
        r"(?:please )?(?:log in|sign in|register|enable javascript) to (?:post|leave|view|add|see|read|comment)\b.{0,60}",
    ),
    (
        "comments",
        r"(?:comments|commenting) (?:are|is|has been|have been) (?:closed|disabled|turned off|moderated)\b.{0,60}",
    ),
    (
        "related",
        r"(?:read|see|watch|read more|see more|read also|also read|see also|must read|watch also|related|related (?:article|story|news|reading|video|coverage)|more|recommended|editor's picks?|in pictures|explainer|don't miss)\s?(?::|\||>|»|-{1,2}) ?.{2,200}",
    ),
    ("related", r"(?:click|tap) here (?:to|for)\b.{0,100}"),
    (
        "related",
        r"(?:read|see|view) (?:the )?(?:full|original|entire|complete) (?:story|article|report|text|version|post|statement)(?: (?:here|on|at|in)\b.{0,60})?",
    ),
    (
        "boilerplate",
        r"(?:copyright|\(c\)|©).{0,160}(?:\d{4}|rights? reserved|ltd|inc|llc|corp|news|media|press|agency)\b.{0,120}",
    ),
    ("boilerplate", r".{0,120}\ball rights reserved\b.{0,160}"),
    (
        "boilerplate",
        r"this (?:material|article|report|story|content|post|piece) (?:may not be (?:published|reproduced|reprinted|broadcast)|was (?:first|originally) published|(?:was|has been) (?:updated|republished|syndicated)|(?:originally|first) (?:appeared|ran)|is (?:republished|re-?posted|reprinted))\b.{0,240}",
    ),
    (
        "boilerplate",
        r"(?:republished|reprinted|reposted|reproduced) (?:with|by|under) (?:the )?(?:kind )?(?:permission|licen[cs]e|agreement|a creative)\b.{0,160}",
    ),
    ("boilerplate", r"\(? ?" + WORK + " by " + NAMES + "(?:; ?" + WORK + " by " + NAMES + r")*\.? ?\)?"),
    ("boilerplate", r".{3,120} contributed (?:to this (?:report|story|article)|reporting)(?: from .{2,60})?\.?"),
    ("boilerplate", r"our standards: .{0,80}"),
    (
        "boilerplate",
        r"(?:the )?(?:views|opinions) (?:and (?:views|opinions) )?expressed (?:in this|here|herein|above|are)\b.{0,300}",
    ),
    (
        "boilerplate",
        r"(?:disclaimer|editor'?s? note|note to (?:editors|readers)|correction|clarification)\s?: .{0,400}",
    ),
    (
        "boilerplate",
        r"(?:for more (?:information|news|stories|coverage)|for the latest)\b.{0,60}(?:visit|click|follow|contact|go to|see|subscribe|download|check)\b.{0,100}",
    ),
    ("boilerplate", r"(?:have|got) (?:a|any) (?:news )?(?:tip|story|comments?|feedback)\b.{0,160}"),
    (
        "boilerplate",
        r"(?:contact|write to|email|e-mail|reach) (?:the |us|him|her|our)[\w' -]{0,40}(?: at|:) ?\S+@\S+.{0,40}",
    ),
    (
        "boilerplate",
        r"(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|labels?|sections?|more about|in this (?:article|story))\s?: .{0,240}",
    ),
    ("boilerplate", r"(?:we use|this (?:site|website) uses) cookies\b.{0,300}"),
    ("boilerplate", r"[-( ]*(?:ends?|-30-|###|fin|over to you)[-) ]*"),
    (
        "credit",
        r"(?:photo(?:s|graph|graphs|graphy)?|images?|pictures?|pic|illustrations?|graphics?|video|cover|file photo|header image|featured image|feature image)(?: ?(?:credits?|by|courtesy(?: of)?|source|from|taken by))?\s?[:|/] ?.{1,140}",
    ),
    (
        "credit",
        r"(?:photo(?:s|graph|graphs)?|images?|pictures?|illustrations?|graphics?|video) (?:credits?|by|courtesy(?: of)?)\b[^.]{1,100}",
    ),
    ("credit", r"(?:credits?|caption|source of (?:photo|image)|image source)\s?: ?.{1,160}"),
    (
        "credit",
        AGENCY
        + r"(?: (?:file|stock|pool|handout))? (?:photo|image|picture|video|graphic)s?(?: ?[/:|].{1,60}|[ ,(-][^.]{0,60})?",
    ),
    ("credit", AGENCY + r" ?/ ?[^.!?]{1,60}(?:\.)?"),
    (
        "credit",
        r"[^.!?:;\"]{2,60} ?/ ?" + AGENCY + r"(?: ?/ ?.{1,40}| via .{1,40}| (?:photo|images?|pool|file).{0,20})?\.?",
    ),
    ("credit", r"(?:[^.!?:;\"]{2,60} )?(?:via|\| ?|©|\(c\)) ?" + AGENCY + r"(?:[ /|].{0,40})?\.?"),
    (
        "credit",
        r"[\[(](?:photo|image|file|picture|source|courtesy|credit|" + AGENCY[3:-1] + r")\b[^()\[\]]{0,80}[\])]\.?",
    ),
    ("credit", r"(?:file|pool|handout|courtesy|stock|archive) (?:photo|image|picture)s?\b[^.]{0,60}"),
    ("credit", r"courtesy of [^.!?,]{2,60}"),
    ("credit", r"©.{1,100}"),
)

# a heading of its own after which the article is over
RELATED_HEADS = re.compile(
    r"(?:more (?:on|about|from|in|stories|news|articles|coverage|reading|headlines|to read|for you|like this)\b[\w' ,&/-]{0,40}"
    r"|(?:related|recommended|similar|other|further|suggested|latest|recent|popular|trending|top|must|featured|more)"
    r" (?:articles?|stor(?:y|ies)|news|posts?|topics?|reading|reads?|content|coverage|links?|videos?|headlines?|reports?)(?: (?:on|from|in|by)\b.{0,40})?"
    r"|related|recommended(?: for you)?|read (?:more|next|also|this next)|see also|also read|also on [\w .]{2,30}|most (?:read|popular|viewed|shared|commented|watched|recent)(?: .{0,20})?"
    r"|trending(?: now)?|you (?:may|might) (?:also )?(?:like|be interested in)|you may also (?:like|be interested in)|what to read next|up next|don't miss|keep reading|read on"
    r"|editors?'?s?'? (?:picks?|choice)|popular (?:now|today|this week)|in other news|from around the web|around the web|from our partners"
    r"|share this(?: (?:article|story|post|page|entry))?|spread the word|tell your friends|newsletters?|stay connected|topics|tags|sources|footnotes|endnotes)\W*",
    re.IGNORECASE,
)
COMMENT_HEADS = re.compile(
    r"(?:(?:\d[\d,]* |no |view |show |hide |see |all |load |reader |readers' |user |your |the )?comments?(?: ?\(\d[\d,]*\)| \d+| section| policy)?"
    r"|leave a (?:comment|reply)|(?:add|post|write) (?:a|your) (?:comment|reply)|join the (?:conversation|discussion|debate)|what do you think|have your say|be the first to comment|discussion(?: \(\d+\))?)\W*",
    re.IGNORECASE,
)
AUTHOR_HEADS = re.compile(
    r"(?:about (?:the )?(?:authors?|writers?|contributors?)|author bio(?:graphy)?|written by|the authors?|contributors?)\W*",
    re.IGNORECASE,
)

# how a line at the end introduces its writer
BIO = re.compile(
    r"\b(?:is|was|are|serves as|works as) (?:an? |the |our |currently |also |based )*[\w' ,./&-]{0,80}?"
    r"\b(?:reporter|correspondent|journalist|columnist|editor|writer|author|contributor|fellow|analyst|researcher|scholar|lecturer|commentator|blogger|professor|director|intern|historian|expert|observer)\b",
    re.IGNORECASE,
)
BIO_CERTAIN = re.compile(
    r"(?:can be (?:reached|contacted|followed)\b|(?:follow|contact|email|e-mail|reach) (?:him|her|them)\b|exclusively for\b|especially for\b|for the online (?:magazine|journal)|(?:tweets|posts|blogs) (?:at|as) @|\bhis latest book|\bher latest book|covers .{2,60} for [A-Z])",
    re.IGNORECASE,
)

# captions say who is where in the picture
IN_PICTURE = re.compile(
    r"(?:,? \(?(?:left|right|center|centre|L|R|C|top|bottom|front|second from (?:left|right)|from left|far left|far right)\)?,?(?: and|,)"
    r"|\(from (?:left|right)\)|file photo|\bpictured\b|\bin this (?:undated |file |handout |combination |satellite )?(?:photo|image|picture|screengrab|frame|video)\b"
    r"|\bshakes? hands\b|\bposes?\b|\bhandout\b|\bscreenshot\b|\bscreengrab\b|\bis seen\b|\bare seen\b|\bseen (?:here|in)\b|\bspeaks? (?:during|at|to)\b|\battends?\b|\bdelivers?\b)"
)
CREDIT_TAIL = re.compile(
    r"(?:[\[(](?:[^()\[\]]{0,60}\b(?:photo|photograph|image|getty|handout|courtesy of|courtesy:|screenshot|screengrab|via "
    + AGENCY
    + r")\b[^()\[\]]{0,60}"
    r"|[^()\[\]]{0,40}/ ?" + AGENCY + r"[^()\[\]]{0,30}|" + AGENCY + r" ?/ ?[^()\[\]]{1,40}|file|pool)[\])]\.?"
    r"|(?:[.|] | [-|]{1,2} )(?:photo|image|picture)s?(?: credit| courtesy| source)?(?: by |: ?).{1,80}"
    r"|(?-i:\b(?:AP Photo|AP|REUTERS|Reuters|AFP|EPA|EPA-EFE|Getty Images)) ?/ ?(?-i:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})|\| getty images)$",
    re.IGNORECASE,
)
AGENCY_TAIL = re.compile(r"[\[(|] ?" + AGENCY + r" ?[\])]?\.?$", re.IGNORECASE)

# a sentence without its full stop rather than a heading: past-tense reporting
REPORTING = re.compile(r"\b(?:said|told|added|stated|noted|replied|explained|remarked)\b", re.IGNORECASE)
