/// English names of languages by their codes (ISO 639-1 and 639-2, and some of 639-3).
package enum LanguageNames {
    /// Finds the name of a code in lower case, such as `de` or `deu`; nil if there is none.
    package static func name(of code: String) -> String? { names.name(of: code) }

    // A name begins with a capital.
    private static let names = CodeNames(parsing: text) { $0.utf8.allSatisfy { $0 >= 0x61 } }

    private static let text = #"""
        aa aar Afar; ab abk Abkhazian; ace Acehnese; ach Acoli; ada Adangme; ady Adyghe; ae ave Avestan;
        af afr Afrikaans; afh Afrihili; ain Ainu; ak aka Akan; akk Akkadian; ale Aleut; alt Southern Altai;
        am amh Amharic; an arg Aragonese; ang Old English; anp Angika; ar ara Arabic; arc Aramaic; arn Mapuche;
        arp Arapaho; arq Algerian Arabic; arw Arawak; ary Moroccan Arabic; arz Egyptian Arabic; as asm Assamese;
        ast Asturian; av ava Avaric; awa Awadhi; ay aym Aymara; az aze Azerbaijani; ba bak Bashkir; bal Baluchi;
        ban Balinese; bar Bavarian; bas Basaa; be bel Belarusian; bej Beja; bem Bemba; bg bul Bulgarian; bh Bihari;
        bho Bhojpuri; bi bis Bislama; bik Bikol; bin Bini; bla Siksiká; bm bam Bambara; bn ben Bengali;
        bo bod tib Tibetan; br bre Breton; bra Braj; bs bos Bosnian; bua Buriat; bug Buginese; byn Blin;
        ca cat Catalan; cad Caddo; car Carib; ce che Chechen; ceb Cebuano; ch cha Chamorro; chb Chibcha;
        chg Chagatai; chk Chuukese; chm Mari; chn Chinook Jargon; cho Choctaw; chp Chipewyan; chr Cherokee;
        chy Cheyenne; ckb Central Kurdish; cmn Mandarin Chinese; cnr Montenegrin; co cos Corsican; cop Coptic;
        cr cre Cree; crh Crimean Tatar; crk Plains Cree; cs ces cze Czech; csb Kashubian; cu chu Church Slavic;
        cv chv Chuvash; cy cym wel Welsh; da dan Danish; dak Dakota; dar Dargwa; de deu ger German; del Delaware;
        den Slave; dgr Dogrib; din Dinka; doi Dogri; dsb Lower Sorbian; dtp Central Dusun; dua Duala;
        dum Middle Dutch; dv div Divehi; dyu Dyula; dz dzo Dzongkha; ee ewe Ewe; efi Efik; egy Ancient Egyptian;
        eka Ekajuk; el ell gre Greek; elx Elamite; en eng English; enm Middle English; eo epo Esperanto;
        es spa Spanish; et est Estonian; eu eus baq Basque; ewo Ewondo; ext Extremaduran; fa fas per Persian;
        fan Fang; fat Akan; ff ful Fula; fi fin Finnish; fil Filipino; fit Tornedalen Finnish; fj fij Fijian;
        fo fao Faroese; fon Fon; fr fra fre French; frc Cajun French; frm Middle French; fro Old French;
        frr Northern Frisian; frs Eastern Frisian; fur Friulian; fy fry Western Frisian; ga gle Irish; gaa Ga;
        gan Gan Chinese; gay Gayo; gba Gbaya; gd gla Scottish Gaelic; gez Geez; gil Gilbertese; gl glg Galician;
        glk Gilaki; gmh Middle High German; gn grn Guarani; goh Old High German; gom Konkani; gon Gondi;
        gor Gorontalo; got Gothic; grb Grebo; grc Ancient Greek; gsw Swiss German; gu guj Gujarati; gv glv Manx;
        gwi Gwich'in; ha hau Hausa; hai Haida; hak Hakka Chinese; haw Hawaiian; he heb Hebrew; hi hin Hindi;
        hif Fiji Hindi; hil Hiligaynon; him Himachali; hit Hittite; hmn Hmong; ho hmo Hiri Motu;
        hr hrv Croatian; hsb Upper Sorbian; hsn Xiang Chinese; ht hat Haitian Creole; hu hun Hungarian; hup Hupa;
        hy hye arm Armenian; hz her Herero; ia ina Interlingua; iba Iban; id ind Indonesian; ie ile Interlingue;
        ig ibo Igbo; ii iii Sichuan Yi; ik ipk Inupiaq; ilo Iloko; inh Ingush; io ido Ido; is isl ice Icelandic;
        it ita Italian; iu iku Inuktitut; ja jpn Japanese; jam Jamaican Creole English; jbo Lojban;
        jpr Judeo-Persian; jrb Judeo-Arabic; jv jav Javanese; ka kat geo Georgian; kaa Kara-Kalpak; kab Kabyle;
        kac Kachin; kam Kamba; kaw Kawi; kbd Kabardian; kea Kabuverdianu; kg kon Kongo; kha Khasi; kho Khotanese;
        ki kik Kikuyu; kj kua Kuanyama; kk kaz Kazakh; kl kal Kalaallisut; km khm Khmer; kmb Kimbundu;
        kn kan Kannada; ko kor Korean; kok Konkani; kos Kosraean; kpe Kpelle; kr kau Kanuri; krc Karachay-Balkar;
        krl Karelian; kru Kurukh; ks kas Kashmiri; ksh Colognian; ku kur Kurdish; kum Kumyk; kut Kutenai;
        kv kom Komi; kw cor Cornish; ky kir Kyrgyz; la lat Latin; lad Ladino; lah Western Panjabi; lam Lamba;
        lb ltz Luxembourgish; lez Lezghian; lg lug Ganda; li lim Limburgish; lij Ligurian; lmo Lombard;
        ln lin Lingala; lo lao Lao; lol Mongo; loz Lozi; lrc Northern Luri; lt lit Lithuanian; ltg Latgalian;
        lu lub Luba-Katanga; lua Luba-Lulua; lui Luiseno; lun Lunda; luo Luo; lus Mizo; lv lav Latvian;
        lzh Literary Chinese; mad Madurese; mag Magahi; mai Maithili; mak Makasar; man Mandingo; mas Masai;
        mdf Moksha; mdr Mandar; men Mende; mfe Morisyen; mg mlg Malagasy; mga Middle Irish; mgh Makhuwa-Meetto;
        mgo Meta'; mh mah Marshallese; mi mri mao Māori; mic Mi'kmaw; min Minangkabau; mk mkd mac Macedonian;
        ml mal Malayalam; mn mon Mongolian; mnc Manchu; mni Manipuri; moh Mohawk; mos Mossi; mr mar Marathi;
        ms msa may Malay; mt mlt Maltese; mus Muscogee; mwl Mirandese; mwr Marwari; my mya bur Burmese; myv Erzya;
        mzn Mazanderani; na nau Nauru; nan Min Nan Chinese; nap Neapolitan; nb nob Norwegian Bokmål;
        nd nde North Ndebele; nds Low German; ne nep Nepali; new Newari; ng ndo Ndonga; nia Nias; niu Niuean;
        nl nld dut Dutch; nn nno Norwegian Nynorsk; nnh Ngiemboon; no nor Norwegian; nog Nogai; non Old Norse;
        nqo N'Ko; nr nbl South Ndebele; nso Northern Sotho; nus Nuer; nv nav Navajo; nwc Classical Newari;
        ny nya Nyanja; nym Nyamwezi; nyn Nyankole; nyo Nyoro; nzi Nzima; oc oci Occitan; oj oji Ojibwa;
        om orm Oromo; or ori Odia; os oss Ossetic; osa Osage; ota Ottoman Turkish; pa pan Punjabi; pag Pangasinan;
        pal Pahlavi; pam Pampanga; pap Papiamento; pau Palauan; pcd Picard; pcm Nigerian Pidgin; peo Old Persian;
        phn Phoenician; pi pli Pali; pl pol Polish; pms Piedmontese; pnb Western Panjabi; pon Pohnpeian;
        pro Old Provençal; ps pus Pashto; pt por Portuguese; qu que Quechua; quc K'iche'; raj Rajasthani;
        rap Rapanui; rar Rarotongan; rgn Romagnol; rif Riffian; rm roh Romansh; rn run Rundi; ro ron rum Romanian;
        rom Romany; ru rus Russian; rue Rusyn; rup Aromanian; rw kin Kinyarwanda; sa san Sanskrit; sad Sandawe;
        sah Yakut; sam Samaritan Aramaic; sas Sasak; sat Santali; sc srd Sardinian; scn Sicilian; sco Scots;
        sd snd Sindhi; sdh Southern Kurdish; se sme Northern Sami; sel Selkup; sg sag Sango; sga Old Irish;
        sgs Samogitian; sh Serbo-Croatian; shi Tachelhit; shn Shan; si sin Sinhala; sid Sidamo; sk slk slo Slovak;
        sl slv Slovenian; sli Lower Silesian; sm smo Samoan; sma Southern Sami; smj Lule Sami; smn Inari Sami;
        sms Skolt Sami; sn sna Shona; snk Soninke; so som Somali; sog Sogdien; sq sqi alb Albanian; sr srp Serbian;
        srn Sranan Tongo; srr Serer; ss ssw Swati; st sot Southern Sotho; su sun Sundanese; suk Sukuma; sus Susu;
        sux Sumerian; sv swe Swedish; sw swa Swahili; syc Classical Syriac; syr Syriac; szl Silesian; ta tam Tamil;
        te tel Telugu; tem Timne; ter Tereno; tet Tetum; tg tgk Tajik; th tha Thai; ti tir Tigrinya; tig Tigre;
        tiv Tiv; tk tuk Turkmen; tkl Tokelauan; tl tgl Tagalog; tlh Klingon; tli Tlingit; tmh Tamashek;
        tn tsn Tswana; to ton Tongan; tog Nyasa Tonga; tok Toki Pona; tpi Tok Pisin; tr tur Turkish; ts tso Tsonga;
        tsi Tsimshian; tt tat Tatar; tum Tumbuka; tvl Tuvalu; tw twi Twi; ty tah Tahitian; tyv Tuvinian; udm Udmurt;
        ug uig Uyghur; uga Ugaritic; uk ukr Ukrainian; umb Umbundu; ur urd Urdu; uz uzb Uzbek; vai Vai;
        ve ven Venda; vec Venetian; vep Veps; vi vie Vietnamese; vls West Flemish; vo vol Volapük; vot Votic;
        vro Võro; wa wln Walloon; wal Wolaytta; war Waray; was Washo; wo wol Wolof; wuu Wu Chinese; xal Kalmyk;
        xh xho Xhosa; xmf Mingrelian; yao Yao; yap Yapese; yi yid Yiddish; yo yor Yoruba; yue Cantonese;
        za zha Zhuang; zap Zapotec; zbl Blissymbols; zea Zeelandic; zen Zenaga; zgh Standard Moroccan Tamazight;
        zh zho chi Chinese; zu zul Zulu; zun Zuni; zza Zaza
        """#
}
