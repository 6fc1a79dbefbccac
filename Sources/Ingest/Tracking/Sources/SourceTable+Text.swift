extension SourceTable {
    /// The table.
    static let text = #"""
        search|Google|=google.* =m.google.* syndicatedsearch.goog|google adwords$ googleads$ googlead$
        search|Google|@com.google.android.googlequicksearchbox @com.google.android.apps.searchlite|
        search|Bing|bing.com @com.microsoft.bing|bing bingads$ bingad$ microsoftads$ microsoftadvertising$
        search|DuckDuckGo|duckduckgo.com @com.duckduckgo.mobile.android|duckduckgo ddg
        search|Yahoo!|search.yahoo.com search.yahoo.co.jp|yahoo yahoo! yahoosearch
        search|Yandex|yandex.* ya.ru @ru.yandex.searchplugin|yandex yandexads$ yandexdirect$
        search|Baidu|baidu.com @com.baidu.searchbox|baidu baiduads$
        search|Ecosia|ecosia.org @com.ecosia.android|ecosia
        search|Brave Search|search.brave.com|brave bravesearch
        search|Startpage|startpage.com|startpage
        search|Qwant|qwant.com|qwant
        search|Naver|search.naver.com|naver
        search|Kagi|kagi.com|kagi
        search|Seznam|search.seznam.cz|seznam
        search|Sogou|sogou.com|sogou
        search|360 Search|so.com|
        search|AOL|search.aol.com search.aol.co.uk|aol
        search|Ask|ask.com|
        search|Coc Coc|coccoc.com|coccoc
        search|Daum|search.daum.net|daum
        search|Mail.ru Search|go.mail.ru|
        search|Marginalia|marginalia-search.com search.marginalia.nu|marginalia
        search|MetaGer|metager.org metager.de|metager
        search|Mojeek|mojeek.com mojeek.co.uk|mojeek
        search|Presearch|presearch.com presearch.io|presearch
        search|Rambler|nova.rambler.ru|rambler
        search|Shenma|sm.cn|
        search|Swisscows|swisscows.com|swisscows
        search|T-Online|suche.t-online.de|
        search|WEB.DE|suche.web.de|
        assistant|ChatGPT|chatgpt.com chat.openai.com @com.openai.chatgpt|chatgpt openai
        assistant|Perplexity|perplexity.ai @ai.perplexity.app.android|perplexity
        assistant|Claude|claude.ai @com.anthropic.claude|claude
        assistant|Gemini|gemini.google.com bard.google.com @com.google.android.apps.bard|gemini bard
        assistant|Copilot|copilot.microsoft.com copilot.cloud.microsoft edgeservices.bing.com|copilot
        assistant|Copilot|@com.microsoft.copilot|
        assistant|DeepSeek|chat.deepseek.com @com.deepseek.chat|deepseek
        assistant|Grok|grok.com @ai.x.grok|grok
        assistant|Le Chat|chat.mistral.ai @ai.mistral.chat|lechat mistral
        assistant|Meta AI|meta.ai|metaai
        assistant|Duck.ai|duck.ai|duckai
        assistant|You|you.com|
        assistant|Phind|phind.com|phind
        assistant|Qwen|chat.qwen.ai chat.qwenlm.ai|qwen
        assistant|Poe|poe.com|
        assistant|Kimi|kimi.com kimi.ai kimi.moonshot.cn|kimi
        assistant|Doubao|doubao.com|doubao
        assistant|Ernie|yiyan.baidu.com ernie.baidu.com|ernie
        assistant|Yuanbao|yuanbao.tencent.com|yuanbao
        assistant|NotebookLM|notebooklm.google.com|notebooklm
        assistant|Character.AI|character.ai|
        assistant|Genspark|genspark.ai|genspark
        assistant|Pi|pi.ai|
        assistant|iAsk|iask.ai|iask
        assistant|Z.ai|chat.z.ai|
        social|Facebook|facebook.com fb.me fb.com|facebook fb facebookads$ facebookad$ fbads$ fbad$ meta metaads$
        social|Facebook|@com.facebook.katana @com.facebook.lite|
        social|Messenger|messenger.com m.me @com.facebook.orca|messenger facebookmessenger
        social|Instagram|instagram.com @com.instagram.android|instagram ig insta instagramads$ instagramad$ igads$
        social|Threads|threads.net threads.com @com.instagram.barcelona|threads
        social|X|x.com twitter.com t.co @com.twitter.android @com.twitter.android.lite|x twitter twitterads$ xads$
        social|LinkedIn|linkedin.com lnkd.in @com.linkedin.android|linkedin linkedinads$ linkedinad$
        social|Reddit|reddit.com redd.it @com.reddit.frontpage|reddit redditads$ redditad$
        social|Hacker News|news.ycombinator.com|hackernews ycombinator hn
        social|Bluesky|bsky.app @xyz.blueskyweb.app|bluesky bsky
        social|Mastodon|mastodon.social mastodon.online mastodon.world mastodon.art mastodon.cloud mastodon.xyz|mastodon
        social|Mastodon|mastodon.nl mastodon.ie mastodon.nz mastodon.uno mastodon.scot mastodon.green mastodonapp.uk|
        social|Mastodon|mastodon.gamedev.place mstdn.social mstdn.jp mstdn.ca mstdn.party mas.to pawoo.net c.im|
        social|Mastodon|fosstodon.org hachyderm.io infosec.exchange techhub.social chaos.social social.vivaldi.net|
        social|Mastodon|troet.cafe social.tchncs.de norden.social nrw.social berlin.social muenchen.social|
        social|Mastodon|hessen.social floss.social toot.community toot.cafe ioc.exchange indieweb.social mindly.social|
        social|Mastodon|universeodon.com kolektiva.social sfba.social aus.social mathstodon.xyz ruby.social|
        social|Mastodon|front-end.social sigmoid.social journa.host writing.exchange tech.lgbt octodon.social|
        social|Mastodon|wandering.shop nerdculture.de piaille.fr mamot.fr elk.zone phanpy.social|
        social|Mastodon|@org.joinmastodon.android|
        social|Pixelfed|pixelfed.social|pixelfed
        social|Lemmy|lemmy.world lemmy.ml|lemmy
        social|Misskey|misskey.io|misskey
        social|TikTok|tiktok.com @com.zhiliaoapp.musically @com.ss.android.ugc.trill|tiktok tiktokads$ tiktokad$
        social|Pinterest|pinterest.* pin.it @com.pinterest|pinterest pinterestads$ pinterestad$
        social|Snapchat|snapchat.com @com.snapchat.android|snapchat snapchatads$ snapchatad$
        social|VK|vk.com vk.ru vkontakte.ru @com.vkontakte.android|vk vkontakte vkads$
        social|Odnoklassniki|ok.ru|odnoklassniki
        social|Telegram|t.me telegram.me web.telegram.org @org.telegram.messenger @org.telegram.messenger.web|telegram
        social|WhatsApp|whatsapp.com wa.me @com.whatsapp @com.whatsapp.w4b|whatsapp
        social|Discord|discord.com discordapp.com discord.gg @com.discord|discord
        social|Slack|slack.com @com.slack|slack
        social|Teams|teams.microsoft.com teams.live.com statics.teams.cdn.office.net|microsoftteams
        social|Teams|@com.microsoft.teams|
        social|Google Chat|chat.google.com|googlechat
        social|Viber|viber.com @com.viber.voip|viber
        social|Line|line.me @jp.naver.line.android|
        social|KakaoTalk|@com.kakao.talk|kakaotalk kakao
        social|WeChat|weixin.qq.com @com.tencent.mm|wechat weixin
        social|Weibo|weibo.com weibo.cn t.cn @com.sina.weibo|weibo
        social|Xiaohongshu|xiaohongshu.com xhslink.com|xiaohongshu rednote
        social|Zhihu|zhihu.com|zhihu
        social|Douban|douban.com|douban
        social|Hatena|b.hatena.ne.jp|hatena
        social|Zalo|zalo.me|zalo
        social|GitHub|github.com @com.github.android|github
        social|Product Hunt|producthunt.com|producthunt
        social|Lobsters|lobste.rs|lobsters
        social|Indie Hackers|indiehackers.com|indiehackers
        social|Quora|quora.com|quora quoraads$
        social|Tumblr|tumblr.com @com.tumblr|tumblr
        social|XING|xing.com|xing
        social|Nextdoor|nextdoor.com|nextdoor
        social|Meetup|meetup.com|meetup
        social|Flipboard|flipboard.com @flipboard.app|flipboard
        social|Viva Engage|yammer.com engage.cloud.microsoft|yammer vivaengage
        social|LiveJournal|livejournal.com|livejournal
        social|Imgur|imgur.com|imgur
        social|Gab|gab.com|
        social|Truth Social|truthsocial.com|truthsocial
        video|YouTube|youtube.com youtu.be @com.google.android.youtube|youtube yt youtubeads$
        video|Vimeo|vimeo.com|vimeo
        video|Twitch|twitch.tv @tv.twitch.android.app|twitch
        video|Dailymotion|dailymotion.com dai.ly|dailymotion
        video|Bilibili|bilibili.com b23.tv|bilibili
        video|BitChute|bitchute.com|bitchute
        video|Douyin|douyin.com|douyin
        video|Kick|kick.com|
        video|Kuaishou|kuaishou.com|kuaishou
        video|Loom|loom.com|loom
        video|Netflix|netflix.com|netflix
        video|Niconico|nicovideo.jp nico.ms|niconico
        video|Odysee|odysee.com|odysee
        video|Rumble|rumble.com|rumble
        video|Rutube|rutube.ru|rutube
        video|Wistia|wistia.com wistia.net|wistia
        video|Youku|youku.com|youku
        mail|Gmail|mail.google.com @com.google.android.gm|gmail googlemail
        mail|Outlook|outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft|outlook hotmail
        mail|Outlook|@com.microsoft.office.outlook|
        mail|Yahoo! Mail|mail.yahoo.com mail.yahoo.co.jp @com.yahoo.mobile.client.android.mail|yahoomail
        mail|Proton Mail|mail.proton.me mail.protonmail.com @ch.protonmail.android|protonmail proton
        mail|AOL Mail|mail.aol.com|aolmail
        mail|Daum Mail|mail.daum.net|
        mail|Fastmail|fastmail.com|fastmail
        mail|GMX|navigator.gmx.net deref-gmx.net|gmx
        mail|HEY|app.hey.com|
        mail|Mail.ru|e.mail.ru|
        mail|mail.com|deref-mail.com navigator-lxa.mail.com|
        mail|Naver Mail|mail.naver.com|
        mail|NetEase Mail|mail.163.com mail.126.com|
        mail|QQ Mail|mail.qq.com|
        mail|Rambler Mail|mail.rambler.ru|
        mail|Seznam Email|email.seznam.cz|
        mail|T-Online Email|email.t-online.de|
        mail|Tuta|mail.tutanota.com app.tuta.com|tutanota tuta
        mail|WEB.DE Mail|navigator.web.de deref-web.de|
        mail|Yandex Mail|mail.yandex.*|yandexmail
        mail|Zoho Mail|mail.zoho.*|zohomail
        mail|Mailchimp|campaign-archive.com list-manage.com mailchi.mp|mailchimp
        mail|Brevo||brevo sendinblue
        mail|Klaviyo||klaviyo
        mail|Mailjet||mailjet
        shopping|Amazon|amazon.* amzn.to amzn.eu a.co @com.amazon.mshop.android.shopping|amazon amazonads$
        shopping|eBay|ebay.* ebay.to @com.ebay.mobile|ebay
        shopping|Etsy|etsy.com etsy.me @com.etsy.android|etsy
        shopping|Temu|temu.com @com.einnovation.temu|temu
        shopping|Google Shopping|shopping.google.*|googleshopping
        shopping|AliExpress|aliexpress.com aliexpress.us aliexpress.ru|aliexpress
        shopping|Alibaba|alibaba.com|alibaba
        shopping|Allegro|allegro.pl|allegro
        shopping|Best Buy|bestbuy.com|bestbuy
        shopping|bol|bol.com|
        shopping|Cdiscount|cdiscount.com|cdiscount
        shopping|Coupang|coupang.com|coupang
        shopping|Flipkart|flipkart.com|flipkart
        shopping|idealo|idealo.*|idealo
        shopping|JD|jd.com|
        shopping|Kaufland|kaufland.de|kaufland
        shopping|Lazada|lazada.*|lazada
        shopping|Mercado Libre|mercadolibre.* mercadolivre.com.br|mercadolibre mercadolivre
        shopping|Otto|otto.de|
        shopping|Ozon|ozon.ru|
        shopping|Rakuten|rakuten.co.jp rakuten.com|rakuten
        shopping|Shein|shein.*|shein
        shopping|Shop|shop.app|
        shopping|Shopee|shopee.*|shopee
        shopping|Taobao|taobao.com|taobao
        shopping|Tmall|tmall.com|tmall
        shopping|Vinted|vinted.*|vinted
        shopping|Walmart|walmart.com|walmart
        shopping|Wildberries|wildberries.ru|wildberries
        shopping|Zalando|zalando.*|zalando
        |Amazon Web Services|aws.amazon.com|
        """#
}
